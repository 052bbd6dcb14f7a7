import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSetup } from './setup-file.js'
import { RATING } from './testing/rehearsal.js'

function fileOf(content: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), 'stand-in-')), 'stand-in.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

it('reads the applications, and profiles if there are any', () => {
  expect(readSetup(fileOf({ applications: [RATING] }))).toEqual({
    applications: [{ ...RATING, clientSecret: ['rating-secret'] }],
  })
  const profiles = [{ username: 'me', email: 'me@example.com', password: 'secret' }]
  expect(readSetup(fileOf({ applications: [RATING], profiles })).profiles).toEqual(profiles)
})

it('names all faults of a file at once, and no secret', () => {
  const wrong = { ...RATING, name: 5, redirectUri: '/callback', clientSecret: [] }
  const read = () => readSetup(fileOf({ applications: [wrong, RATING], profiles: [{ username: 'me' }] }))
  expect(read).toThrow('applications[0].name: a string is needed')
  expect(read).toThrow('applications[0].clientSecret: a string, or a list of them, is needed')
  expect(read).toThrow('applications[0].redirectUri: an absolute URL without a fragment is needed')
  expect(read).toThrow('profiles[0].password: a string is needed')
  expect(read).toThrow('clientId rating-client is there twice')
  expect(read).not.toThrow('rating-secret')
})

it.each([
  ['no JSON', '{"applications": [{"clientSecret": "hush"', 'is not a JSON object'],
  ['another shape', '[1]', 'a list of at least one is needed'],
  ['no application', { applications: [] }, 'a list of at least one is needed'],
  ['a list of something else', { applications: ['x'] }, 'a list of objects is needed'],
])('says what is wrong with a file of %s', (_what, content, sentence) => {
  expect(() => readSetup(fileOf(content))).toThrow(sentence)
})

it('says that a file is missing', () => {
  expect(() => readSetup('/no/such/stand-in.json')).toThrow('/no/such/stand-in.json cannot be read.')
})
