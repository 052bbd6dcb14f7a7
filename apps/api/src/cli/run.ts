import { parseArgs } from 'node:util'
import { auditHead, auditVerify } from './audit.js'
import { doctor } from './doctor.js'
import { fsck } from './fsck.js'
import { keysRotate } from './keys-rotate.js'
import { plainSentence } from './plain-sentence.js'
import { exitCodes, type Command, type Numbers, type Terminal, type Texts } from './terminal.js'

const commands: Readonly<Record<string, Command>> = {
  doctor,
  fsck,
  'audit verify': auditVerify,
  'audit head': auditHead,
  'keys rotate': keysRotate,
}

/** One command of the operator. Answers the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const isAsked = (name: string): boolean => name.split(' ').every((word, index) => args[index] === word)
  const name = Object.keys(commands).find(isAsked) ?? ''
  const command = commands[name]
  if (args.includes('--help') || args.includes('-h')) {
    terminal.stdout.write(usage())
    return exitCodes.fine
  }
  const options = command && optionsOf(command, args.slice(name.split(' ').length))
  if (!command || !options) {
    terminal.stderr.write(usage())
    return exitCodes.notUnderstood
  }
  try {
    return await command.run(terminal, options.numbers, options.texts)
  } catch (error) {
    terminal.stderr.write(`${plainSentence(error)}\n`)
    return exitCodes.needsAttention
  }
}

/** null where something was not understood. */
function optionsOf(command: Command, args: string[]): { numbers: Numbers; texts: Texts } | null {
  const names = { ...command.options, ...command.texts }
  try {
    const { values } = parseArgs({
      args,
      options: Object.fromEntries(Object.keys(names).map((name) => [name, { type: 'string' as const }])),
      strict: true,
    })
    const given = Object.entries(values).map(([name, text]) => [name, String(text)] as const)
    const numbers = given
      .filter(([name]) => Object.hasOwn(command.options ?? {}, name))
      .map(([name, text]) => [name, countOf(text)] as const)
    const texts = given.filter(([name]) => Object.hasOwn(command.texts ?? {}, name))
    if (numbers.some(([, number]) => number === null)) return null
    return { numbers: Object.fromEntries(numbers) as Numbers, texts: Object.fromEntries(texts) }
  } catch {
    // An option or a word that the command does not have.
    return null
  }
}

const countOf = (text: string): number | null => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : null)

function usage(): string {
  const lines = Object.entries(commands).flatMap(([name, { purpose, options = {}, texts = {} }]) => [
    `  ${name.padEnd(14)}${purpose}`,
    ...Object.entries(options).map(([option, meaning]) => `    --${option} <n>  ${meaning}`),
    ...Object.entries(texts).map(([option, meaning]) => `    --${option} <text>  ${meaning}`),
  ])
  return [
    'Usage: npm run cli -- <command>',
    '',
    ...lines,
    '',
    'Settings are read from the environment and from .env, as at the start of the hub.',
    'Exit code: 0 all is well, 1 something needs doing, 2 the command was not understood.',
    '',
  ].join('\n')
}
