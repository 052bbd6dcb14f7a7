import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { FAULT_KINDS } from './faults.js'
import { LEDGER_LIMIT } from './ledger.js'
import { defaultSettings, QUIRK_VALUES } from './settings.js'
import { readSetup } from './setup-file.js'
import { Rehearsal } from './testing/rehearsal.js'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const commands = readme.split('\n').filter((line) => line.startsWith('curl '))

/** The cells of a table's row, by its first cell. */
function row(name: string): string[] {
  const line = readme.split('\n').find((text) => text.startsWith(`| \`${name}\``)) ?? ''
  return line.split('|').map((cell) => cell.trim().replaceAll('`', ''))
}

it.each(commands)('its command works: %s', async (command) => {
  const [, method, url, data] = /^curl (?:-X (\w+) )?(\S+)(?: -d '(.*)')?$/.exec(command) ?? []
  const init = data === undefined ? { method: method ?? 'GET' } : { method: 'POST', body: data }
  const answer = await new Rehearsal().fetch(url ?? '', init)
  expect(await answer.json()).not.toHaveProperty('error')
  expect(answer.status).toBe(200)
})

it('shows each control once at least', () => {
  const verbs = ['ledger', 'reset', 'rotation', 'lifetimes', 'password', 'clock', 'quirks', 'faults']
  for (const verb of verbs) expect(commands.join('\n')).toContain(`/control/${verb}`)
})

it('shows a file that can be used', () => {
  const example = /```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const path = join(mkdtempSync(join(tmpdir(), 'stand-in-')), 'stand-in.json')
  writeFileSync(path, example)
  expect(readSetup(path).applications).toHaveLength(1)
})

it.each(Object.entries(QUIRK_VALUES))(
  'lists the quirk %s with its default and its other values',
  (name, values) => {
    const [, , first, others] = row(name)
    expect([first, ...(others ?? '').split(', ')]).toEqual(values)
  },
)

it('tells the life of a code, the kinds of fault and the length of the ledger as they are', () => {
  expect(row('codeSeconds')[2]).toBe(String(defaultSettings().quirks.codeSeconds))
  for (const kind of FAULT_KINDS) expect(row(kind)[2]).toMatch(/^(yes|no)$/)
  expect(readme).toContain(`the ledger holds ${LEDGER_LIMIT.toLocaleString('en')} rows`)
})
