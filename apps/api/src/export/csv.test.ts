import { expect, it } from 'vitest'
import { csvLine } from './csv.js'

it('quotes what needs quotes, and doubles those inside', () => {
  expect(csvLine(['plain', 'a,b', 'say "no"', 'two\r\nlines', null, ''])).toBe(
    'plain,"a,b","say ""no""","two\r\nlines",,\r\n',
  )
})

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1'])(
  'lets no spreadsheet compute %j',
  (value) => {
    expect(csvLine([value])).toMatch(/^"?'/)
  },
)

it('leaves what is no formula as it is', () => {
  expect(csvLine(['a=1', '2026-03-01T12:00:00.000Z', '127.0.0.1'])).toBe(
    'a=1,2026-03-01T12:00:00.000Z,127.0.0.1\r\n',
  )
})
