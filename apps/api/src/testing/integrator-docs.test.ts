import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { errorCodes } from '../errors.js'

const src = fileURLToPath(new URL('..', import.meta.url))
const guide = readFileSync(join(src, '../docs/errors.md'), 'utf8')

/** Files whose every reason is said to people only: a key is refused before with NOT_WITH_AN_API_KEY, or has no way there. */
const forPeople = [
  /^(account|alarm|authorization|bulk-import|company|csv-file|erasure|export|group|invitation)\//,
  /^(license-key|mail|metrics|sales-order|session|user|user-directory)\//,
  /^graphql\/subscription[.-]/,
]

/** The same of single reasons, in files that hold others as well. */
const forPeopleThemselves = [
  ...['FRESH_AUTHENTICATION_REQUIRED', 'INTROSPECTION_DISABLED'],
  ...['REFRESH_NOT_YOURS_TO_ASK', 'REFRESH_NEEDS_AUTHORIZATION'],
  ...['API_CLIENT_NOT_FOUND', 'API_CLIENT_GRANT_NOT_FOUND', 'GRANT_NOT_YOURS_TO_WITHDRAW'],
  ...['API_CLIENTS_NOT_YOURS_TO_SEE', 'STATUS_READ_NOT_YOURS_TO_GIVE', 'TOKEN_READ_NOT_YOURS_TO_GIVE'],
  ...['API_CLIENT_NOT_YOURS_TO_MANAGE', 'API_CLIENT_OF_AN_OPERATOR', 'API_CLIENT_REVOKED'],
  ...['API_CLIENT_HAS_TWO_KEYS', 'ADDRESS_RANGE_NOT_VALID', 'KEY_EXPIRY_NOT_AHEAD'],
  'API_CLIENT_NOT_YOURS_TO_REVOKE',
  ...['WEBHOOK_ENDPOINT_NOT_FOUND', 'WEBHOOK_DELIVERY_NOT_FOUND', 'WEBHOOK_URL_NOT_VALID'],
  ...['WEBHOOK_HOST_NOT_PUBLIC', 'WEBHOOK_ENDPOINTS_AT_LIMIT', 'WEBHOOK_TESTED_JUST_NOW'],
  ...['WEBHOOK_ENDPOINT_IS_OFF', 'REPLAY_FROM_ONE_PLACE'],
]

/** Every reason that the code can give, with its code, by the files that define it. */
function reasonsInCode(): { reason: string; code: string | null; file: string }[] {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('testing/'))
    .sort()
  return files.flatMap((file) => {
    const text = readFileSync(join(src, file), 'utf8')
    const lists = [...text.matchAll(/defineErrors\(\{([\s\S]*?)\n\}\)/g)].map(([, list]) => list ?? '')
    const defined = lists.flatMap((list) => [
      ...list.matchAll(/^ {2}([A-Z][A-Z0-9_]+): \{\s*code: '([A-Z_]+)'/gm),
    ])
    const thrown = text.includes('code:') ? [...text.matchAll(/\breason: '([A-Z_]+)',\n\s*message/g)] : []
    const passed = [...text.matchAll(/badInput\('([A-Z_]+)'/g)]
    const passedOn = [...text.matchAll(/case '(GRAPHQL_VALIDATION_FAILED|OPERATION_\w+|BAD_REQUEST)':/g)]
    return [
      ...defined.map(([, reason = '', code = null]) => ({ reason, code, file })),
      ...[...thrown, ...passed, ...passedOn].map(([, reason = '']) => ({ reason, code: null, file })),
    ]
  })
}

function rowsOf(title: string): { name: string; second: string }[] {
  const [, section = ''] = guide.split(`## ${title}\n`)
  const [table = ''] = section.split('\n## ')
  return [...table.matchAll(/^\| `([A-Z0-9_]+)` +\| `?([A-Z0-9_]+)/gm)].map(([, name = '', second = '']) => ({
    name,
    second,
  }))
}

it('tells integrators of every code', () => {
  expect(rowsOf('Codes').map(({ name }) => name)).toEqual([...errorCodes])
})

it('tells integrators of every reason that a key can meet, under the code that it has, and of no other', () => {
  const all = reasonsInCode()
  const met = all.filter(
    ({ reason, file }) => !forPeople.some((path) => path.test(file)) && !forPeopleThemselves.includes(reason),
  )
  // Of the sealed hub, which has no list of reasons.
  const expected = new Set(['SEALED', ...met.map(({ reason }) => reason)])
  const rows = rowsOf('Reasons')
  expect(rows.map(({ name }) => name).sort()).toEqual([...expected].sort())
  const codes = new Map(rows.map(({ name, second }) => [name, second]))
  for (const { reason, code } of met) if (code) expect([reason, codes.get(reason)]).toEqual([reason, code])
})

it('names as for people only what there is', () => {
  const reasons = reasonsInCode().map(({ reason }) => reason)
  expect(forPeopleThemselves.filter((reason) => !reasons.includes(reason))).toEqual([])
})
