import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'))

/** Every call of a function of that name: in which file, and the arguments as they are written. */
function callsOf(name: string): { file: string; args: string[] }[] {
  return files.flatMap((file) => {
    const text = readFileSync(join(dist, file), 'utf8')
    if (!text.includes(name)) return []
    const found: { file: string; args: string[] }[] = []
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText(source) === name)
        found.push({ file, args: node.arguments.map((argument) => argument.getText(source)) })
      ts.forEachChild(node, visit)
    }
    visit(source)
    return found
  })
}

it('packs neither the tests nor the program with faults', () => {
  expect(files).toContain('main.js')
  expect(
    files.filter((file) => /(^|\/)testing\/|\.test\.|fault-point|with-fault|torture|bench/i.test(file)),
  ).toEqual(['refresh/fault-points.js'])
  const speaks = files.filter((file) =>
    /SIGSTOP|SIGKILL|FAULTS_/.test(readFileSync(join(dist, file), 'utf8')),
  )
  expect(speaks).toEqual([])
})

it('gives the hub nothing to do at its fault points', () => {
  expect(callsOf('runHub')).toEqual([
    {
      file: 'main.js',
      args: ['{ clock: systemClock, fetch, resolveHost, random: Math.random, randomBytes }'],
    },
  ])
  expect(callsOf('createApp')).toEqual([{ file: 'run-hub.js', args: ['config', 'on'] }])
  const text = (file: string) => readFileSync(join(dist, file), 'utf8')
  expect(text('run-hub.js')).toContain('const on = { ...outside, log, webRoot, playgroundRoot };')
  expect(text('app-services.js')).toContain('at: on.at ?? nothingHappens,')
  expect(files.filter((file) => /nothingHappens/.test(text(file))).sort()).toEqual([
    'app-services.js',
    'refresh/fault-points.js',
  ])
})
