import { describe, expect, it } from 'vitest'
import readme from '../README.md?raw'
import { verbatim as consumerReturns } from './applications/consumer-returns/words'
import { verbatim as dataManagement } from './applications/data-management/words'
import { verbatim as pickupManager } from './applications/pickup-manager/words'
import { verbatim as rating } from './applications/rating/words'
import { verbatim as reverseLogistics } from './applications/reverse-logistics/words'
import { verbatim as atUps } from './features/authorization/words'
import { verbatim as signIn } from './features/session/words'

const rehearsals = import.meta.glob<string>('../e2e/*.spec.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const words: Record<string, object> = {
  'all five': signIn,
  'all five, at UPS.com': atUps,
  'Consumer Returns': consumerReturns,
  'Reverse Logistics': reverseLogistics,
  'Pickup Manager': pickupManager,
  'Data Management': dataManagement,
  Rating: rating,
}

const rows = [...readme.matchAll(/^\| ([\w ,.]+?) +\| \*\*(.+?)\*\* +\| .+? \| `(.+?)` +\|$/gm)].map(
  ([, guide = '', label = '', spec = '']) => ({ guide, label, spec }),
)

/** As a string of its own or a whole pattern; what stands for a name goes on after it. */
function isAskedFor(label: string, rehearsal: string): boolean {
  const [beginning = '', end] = label.split('…')
  const text = beginning.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`['"\`^]${text}${end === undefined ? `['"\`$]` : ''}`).test(rehearsal)
}

describe('the table of the labels of the guides', () => {
  it('knows each guide', () => {
    expect(new Set(rows.map(({ guide }) => guide))).toEqual(new Set(Object.keys(words)))
  })

  it.each(rows)('names a rehearsal that asks for $label ($guide)', ({ label, spec }) => {
    expect(isAskedFor(label, rehearsals[`../e2e/${spec}`] ?? '')).toBe(true)
  })

  it.each(Object.entries(words))('has every label that is marked verbatim: %s', (guide, verbatim) => {
    const listed = rows.filter((row) => row.guide === guide).map(({ label }) => label)
    const labels = Object.values(verbatim).filter((label) => typeof label === 'string')
    expect(listed).toEqual(expect.arrayContaining(labels))
  })
})
