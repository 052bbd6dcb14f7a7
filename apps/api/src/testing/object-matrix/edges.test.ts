import { expect, it } from 'vitest'
import { createSchema } from '../../schema.js'
import { documentOf, longPath, shortestPaths, valueAt, type Path } from './paths.js'
import { isObjectRow, type Row } from './row.js'
import { rows } from './rows.js'
import {
  callerNames,
  createScene,
  owners,
  type Answer,
  type CallerName,
  type Owner,
  type Scene,
} from './scene.js'

const schema = createSchema()
const paths = shortestPaths(schema)

/** Whose rows a caller may learn of at all. */
const mayKnow: Record<CallerName, readonly Owner[]> = {
  anonymous: [],
  stranger: [],
  'viewer of A': ['A'],
  'admin of A': ['A'],
  'admin of B': ['B'],
  'solution admin': ['A', 'B'],
  'invitee of A': ['A'],
  'key of A for status': ['A'],
  'key of A for tokens': ['A'],
  'key of B': ['B'],
  'revoked key of A': [],
}

function rowOf({ root }: Path): Row {
  const row = rows[`Query.${root}`]
  if (!row) throw new Error(`no row for ${root}`)
  return row
}

function ask(
  scene: Scene,
  caller: CallerName,
  { path, owner }: { path: Path; owner: Owner },
): Promise<Answer> {
  const row = rowOf(path)
  const variables = isObjectRow(row) ? row.variables(scene.targets[owner]) : (row.variables ?? {})
  return scene.ask(caller, documentOf(row.document, path, schema), variables)
}

/** Words of companies that this caller must not learn of; what they sent themselves comes back in no answer either. */
function leaks(scene: Scene, caller: CallerName, { comparable }: Answer): string[] {
  const foreign = owners.filter((owner) => !mayKnow[caller].includes(owner))
  return foreign.flatMap((owner) => {
    const { memberId, ...ofCompany } = scene.targets[owner]
    // People are the operator's, wherever they belong.
    const ofPeople = caller === 'solution admin' ? [] : [memberId]
    const words = [scene.canaries[owner], ...Object.values(ofCompany), ...ofPeople]
    return words.filter((word) => comparable.includes(word))
  })
}

it('shows nobody a word of a company that is none of theirs, by any edge of the schema', async () => {
  const scene = await createScene()
  const found: string[] = []
  for (const path of paths) {
    for (const caller of callerNames) {
      for (const owner of owners) {
        const answer = await ask(scene, caller, { path, owner })
        if (answer.status >= 500) found.push(`${path.edge} · ${caller} · ${owner}: ${answer.status}`)
        for (const word of leaks(scene, caller, answer))
          found.push(`${path.edge} · ${caller} · ${owner}: ${word}`)
      }
    }
  }
  expect(found).toEqual([])
}, 180_000)

/** API clients, invitations and the trail are an admin's affair, groups of who is in them, whom to add to one of who manages it, an address of who may write to it; how a visit ended is told to who made it. */
const keptFrom: Partial<Record<CallerName, RegExp>> = {
  'solution admin':
    /^(OptIn\.|Company\.licenseKey|LicenseKey\.|SalesOrder|Group|Invitation|PageInfo\.|CompanyMember\.email)/,
  'viewer of A':
    /^(ApiClient|Webhook|HandOut|Authorization\.handOuts|Audit|GroupCandidate|Invitation|OptIn\.|PageInfo\.|CompanyMember\.email)/,
}

it('shows an admin all of their own company, and others less of it as declared', async () => {
  const scene = await createScene()
  const wrong: string[] = []
  const kept = new Set<CallerName>()
  for (const path of paths) {
    if (!isObjectRow(rowOf(path))) continue
    const ofAdmin = await ask(scene, 'admin of A', { path, owner: 'A' })
    if (ofAdmin.body.errors) wrong.push(`${path.edge}: ${JSON.stringify(ofAdmin.body.errors)}`)
    if (isNothing(valueAt(ofAdmin.body.data, path))) continue
    for (const [caller, notTheirs] of Object.entries(keptFrom) as [CallerName, RegExp][]) {
      const { body } = await ask(scene, caller, { path, owner: 'A' })
      if (!isNothing(valueAt(body.data, path))) continue
      kept.add(caller)
      if (!notTheirs.test(path.edge)) wrong.push(`${path.edge} is kept from the ${caller}`)
    }
  }
  expect(wrong).toEqual([])
  expect([...kept].sort()).toEqual(Object.keys(keptFrom).sort())
}, 60_000)

const isNothing = (value: unknown): boolean => value === null || value === undefined

it('shows nothing foreign by longer ways either, on a sample of them', async () => {
  const scene = await createScene()
  const random = sequence(20261122)
  const found: string[] = []
  for (let walked = 0; walked < 200; walked++) {
    const path = longPath(schema, random)
    const caller = callerNames[Math.floor(random() * callerNames.length)] as CallerName
    const owner = owners[Math.floor(random() * owners.length)] as Owner
    const answer = await ask(scene, caller, { path, owner })
    const way = [path.root, ...path.fields].join('.')
    if (answer.status >= 500) found.push(`${way} · ${caller} · ${owner}: ${answer.status}`)
    for (const word of leaks(scene, caller, answer)) found.push(`${way} · ${caller} · ${owner}: ${word}`)
  }
  expect(found).toEqual([])
}, 60_000)

/** The same numbers in each run (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
