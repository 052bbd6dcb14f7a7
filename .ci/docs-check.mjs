// Runs every program that the guides of integrators show, against a hub and a stand-in of its own, and compares what it
// prints with the block after it. Needs curl, python3 and a JDK of 17 or later; `--without java` leaves a language out.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startWorld } from './docs-world.mjs'
import { outputMatches, snippetsOf } from './docs-snippets.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const guides = ['apps/api/docs/integrators.md', 'apps/api/docs/errors.md', 'apps/api/docs/rehearse.md']

const languages = {
  sh: { needs: ['curl', '--version'], command: (file) => ['bash', '-eu', file] },
  ts: { needs: ['node', '--version'], command: (file) => ['node', file.replace(/\.ts$/, '.mjs')] },
  python: { needs: ['python3', '--version'], command: (file) => ['python3', file] },
  java: { needs: ['java', '--version'], command: (file) => ['java', file] },
}

const { values } = parseArgs({ options: { without: { type: 'string', multiple: true, default: [] } } })
const folder = mkdtempSync(join(tmpdir(), 'docs-check-'))
const faults = []
let world = null
try {
  const snippets = guides.flatMap((path) => snippetsOf(path, readFileSync(join(root, path), 'utf8')))
  const wanted = snippets.filter(({ language }) => !values.without.includes(language))
  await requirePrograms(new Set(wanted.map(({ language }) => language)))
  mkdirSync(join(folder, 'node_modules/@optin-hub'), { recursive: true })
  symlinkSync(join(root, 'packages/hub-client'), join(folder, 'node_modules/@optin-hub/hub-client'))
  world = await startWorld(root, join(folder, 'data'))
  for (const snippet of wanted) await check(snippet)
  const left = snippets.length - wanted.length
  console.log(
    `${wanted.length} programs ran${left > 0 ? `, ${left} were left out` : ''}; ${faults.length} faults`,
  )
} catch (error) {
  faults.push(error)
  console.error(error instanceof Error ? error.message : error)
} finally {
  await world?.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(faults.length > 0 ? 1 : 0)

async function requirePrograms(used) {
  for (const language of used) {
    const { needs } = languages[language]
    const [program, ...args] = needs
    const found = await run([program, ...args], {}).catch(() => ({ code: 1 }))
    if (found.code !== 0)
      throw new Error(`${program} is missing. Install it, or leave its programs out: --without ${language}`)
  }
}

async function check({ place, language, file, text, prints, feeds, then }) {
  const path = join(folder, file)
  writeFileSync(path, text)
  if (language === 'ts') await writeJavaScript(path, text)
  const told = feeds ? world.messages() : [{ environment: {}, input: '', prints }]
  for (const { name = '', environment, input, prints: own } of told) {
    const expected = own ?? prints
    const ran = await run(languages[language].command(path), { ...world.environment, ...environment }, input)
    const isRight = ran.code === 0 && outputMatches(expected, ran.output)
    console.log(`${isRight ? 'ok   ' : 'WRONG'} ${file}${name && `, ${name}`}`)
    if (isRight) continue
    faults.push(file)
    console.log(`${place} was to print\n${expected}\nand printed\n${ran.output}${ran.errors}`)
  }
  if (then === 'opt-in') await world.optIn()
}

/** As Node does it from 22.18 on, for older ones. */
async function writeJavaScript(path, text) {
  const { default: typescript } = await import('typescript')
  const { outputText } = typescript.transpileModule(text, {
    compilerOptions: { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 },
  })
  writeFileSync(path.replace(/\.ts$/, '.mjs'), outputText)
}

function run([program, ...args], environment, input = '') {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', ...environment }
    const child = spawn(program, args, { cwd: folder, env, timeout: 180_000 })
    let output = ''
    let errors = ''
    child.stdout.setEncoding('utf8').on('data', (part) => (output += part))
    child.stderr.setEncoding('utf8').on('data', (part) => (errors += part))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output, errors }))
    // A program that does not read its input may be gone before it came.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}
