import type { Engine } from '../torture/engine.js'
import { Person } from '../torture/person.js'
import { addAuthorizations } from './bulk.js'
import { byTurns, median, timed } from './by-turns.js'
import { openHub, type OpenHub } from './open-hub.js'

const realCompanies = 2
const memberOf = 500
const reads = 40

export interface ListTimes {
  small: number
  large: number
  /** Milliseconds of one page, by who asks for what. */
  pages: Record<string, { small: number; large: number }>
}

interface Filled {
  hub: OpenHub
  companies: number
  people: Record<'acme.admin' | 'demo.admin' | 'solution.admin', Person>
}

const asked: [string, keyof Filled['people'], (round: number, companies: number) => object][] = [
  ['first page of the admin of one', 'acme.admin', () => ({})],
  [`first page of a member of ${memberOf}`, 'demo.admin', () => ({})],
  ['first page of a solution admin', 'solution.admin', () => ({})],
  [
    'search of a solution admin',
    'solution.admin',
    (round, companies) => ({ search: aName(round, companies) }),
  ],
  ['where few have authorized', 'solution.admin', () => ({ application: 'PICKUP_MANAGER' })],
]

/** A page of companies where there are few and where there are many, by turns. */
export async function companyLists(engine: Engine, small: number, large: number): Promise<ListTimes> {
  const hubs = [await filled(engine, small), await filled(engine, large)] as const
  try {
    const pages: ListTimes['pages'] = {}
    for (const [what, who, variables] of asked)
      pages[what] = await byTurns(hubs, 5, async ({ hub, companies, people }, round) => {
        const took: number[] = []
        for (let read = 0; read < reads; read++)
          took.push(await timed(() => page(hub, people[who], variables(round * reads + read, companies))))
        return median(took)
      })
    return { small, large, pages }
  } finally {
    for (const { hub } of hubs) await hub.close()
  }
}

const aName = (round: number, companies: number): string =>
  `bulk ${Math.floor(((round * 0.618034) % 1) * (companies - realCompanies))}`

async function filled(engine: Engine, companies: number): Promise<Filled> {
  const hub = await openHub(engine, realCompanies)
  const [client] = await hub.database.query<{ id: string; createdById: string }>(
    'SELECT id, "createdById" FROM api_clients LIMIT 1',
  )
  if (!client) throw new Error('no API client')
  const to = (companies - realCompanies) * 5
  await addAuthorizations(hub.app.database, {
    from: 0,
    to,
    clientId: client.id,
    givenById: client.createdById,
  })
  for (const sql of [
    // Ten of them stay authorized in this application, the last in the order of the names.
    `UPDATE authorizations SET status = 'NOT_AUTHORIZED' WHERE "applicationId" = 'PICKUP_MANAGER'
     AND id LIKE 'bulk-%' AND "companyId" NOT IN (
       SELECT id FROM companies WHERE id LIKE 'bulk-%' ORDER BY "nameKey" DESC LIMIT 10)`,
    `INSERT INTO memberships (id, "userId", "companyId", role, "createdAt")
     SELECT c.id, u.id, c.id, 'VIEWER', 0 FROM companies c, users u
     WHERE u."signInName" = 'demo.admin' AND c.id LIKE 'bulk-%' ORDER BY c.id LIMIT ${memberOf}`,
  ])
    await hub.app.database.inTransaction((manager) => manager.query(sql))
  if (engine.name === 'postgres') await hub.app.database.reader.query('VACUUM ANALYZE')
  const signedIn = async (name: keyof Filled['people']): Promise<Person> => {
    const person = new Person(hub.publicUrl, name)
    await person.signIn(hub.ask)
    return person
  }
  const people = {
    'acme.admin': await signedIn('acme.admin'),
    'demo.admin': await signedIn('demo.admin'),
    'solution.admin': await signedIn('solution.admin'),
  }
  return { hub, companies, people }
}

async function page(hub: OpenHub, person: Person, variables: object): Promise<void> {
  await person.query(
    hub.ask,
    `query ($application: ApplicationId, $search: String) {
      companies(application: $application, search: $search) { edges { cursor node { id name } } pageInfo { hasNextPage } }
    }`,
    variables,
  )
}
