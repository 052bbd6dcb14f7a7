import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const here = join(import.meta.dirname, '..')

/** Where the code names an algorithm, and what the README calls it. */
const forms: readonly [RegExp, (name: string) => string][] = [
  [/createHash\('([\w-]+)'\)/g, standardName],
  [/createHmac\('([\w-]+)'/g, (name) => `HMAC-${standardName(name)}`],
  [/hkdfSync\('([\w-]+)'/g, (name) => `HKDF-${standardName(name)}`],
  [/'(aes-[\w-]+)'/g, (name) => name.toUpperCase()],
  [/\b(argon2\w*id)\b/g, (name) => name],
]

function standardName(name: string): string {
  return name.replace(/^sha(\d)/, 'SHA-$1')
}

it('lists every algorithm that the code uses among the keys of the README', () => {
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' })
  const sources = files.filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^testing\//.test(file))
  const code = sources.map((file) => readFileSync(join(here, file), 'utf8')).join('\n')
  const used = forms.flatMap(([form, call]) => [...code.matchAll(form)].map(([, name = '']) => call(name)))
  const keys = /## Keys\n([^#]+)/.exec(readFileSync(join(here, '../README.md'), 'utf8'))?.[1] ?? ''
  expect(new Set(used).size).toBeGreaterThanOrEqual(5)
  expect([...new Set(used)].filter((name) => !keys.includes(name))).toEqual([])
})
