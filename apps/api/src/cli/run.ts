import { parseArgs } from 'node:util'
import { auditHead, auditVerify } from './audit.js'
import { doctor } from './doctor.js'
import { erasePerson } from './erase-person.js'
import { fsck } from './fsck.js'
import { importFile } from './import-file.js'
import { keysRotate } from './keys-rotate.js'
import { plainSentence } from './plain-sentence.js'
import { exitCodes, type Command, type Numbers, type Terminal, type Texts } from './terminal.js'

const commands: Readonly<Record<string, Command>> = {
  doctor,
  fsck,
  'audit verify': auditVerify,
  'audit head': auditHead,
  'erase-person': erasePerson,
  'keys rotate': keysRotate,
  import: importFile,
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
  const takingText = Object.keys({ ...command.options, ...command.texts })
  const flags = Object.keys(command.flags ?? {})
  try {
    const { values, positionals } = parseArgs({
      args,
      options: Object.fromEntries([
        ...takingText.map((name) => [name, { type: 'string' as const }]),
        ...flags.map((name) => [name, { type: 'boolean' as const }]),
      ]),
      strict: true,
      allowPositionals: command.file !== undefined,
    })
    if (positionals.length !== (command.file === undefined ? 0 : 1)) return null
    const given = Object.entries(values).map(([name, text]) => [name, String(text)] as const)
    const numbers = given
      .filter(([name]) => Object.hasOwn(command.options ?? {}, name))
      .map(([name, text]) => [name, countOf(text)] as const)
    const texts = [
      ...given.filter(([name]) => !Object.hasOwn(command.options ?? {}, name)),
      ...positionals.map((file) => ['file', file] as const),
    ]
    if (numbers.some(([, number]) => number === null)) return null
    return { numbers: Object.fromEntries(numbers) as Numbers, texts: Object.fromEntries(texts) }
  } catch {
    // An option or a word that the command does not have.
    return null
  }
}

const countOf = (text: string): number | null => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : null)

function usage(): string {
  const lines = Object.entries(commands).flatMap(
    ([name, { purpose, file, options = {}, texts = {}, flags = {} }]) => [
      `  ${`${name}${file ? ' <file>' : ''}`.padEnd(14)}${purpose}`,
      ...(file ? [`    <file>  ${file}`] : []),
      ...Object.entries(flags).map(([option, meaning]) => `    --${option}  ${meaning}`),
      ...Object.entries(options).map(([option, meaning]) => `    --${option} <n>  ${meaning}`),
      ...Object.entries(texts).map(([option, meaning]) => `    --${option} <text>  ${meaning}`),
    ],
  )
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
