import { randomUUID } from 'node:crypto'
import { demoPassword } from '../src/demo.seed.js'
import type { Engine } from '../torture/engine.js'
import { Person } from '../torture/person.js'
import { median, timed } from './by-turns.js'
import { openHub, type OpenHub } from './open-hub.js'

/** Medians in milliseconds of two requests whose answers must not differ, nor the time that they take (S-60, S-73). */
export interface Pair {
  what: string
  one: number
  other: number
}

export async function alikePairs(engine: Engine): Promise<Pair[]> {
  const hub = await openHub(engine, 1)
  const wrong = 'not the password of anybody'
  const signIn = (signInName: string, password = wrong) =>
    send(hub, 'mutation ($input: SignInInput!) { signIn(input: $input) { id } }', { signInName, password })
  const forgot = (email: string) =>
    send(hub, 'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) }', {
      email,
    })
  const signUp = (signInName: string, email: string) =>
    send(hub, 'mutation ($input: SignUpInput!) { signUp(input: $input) }', {
      signInName,
      email,
      displayName: 'Somebody',
      password: `${demoPassword} and more of it`,
    })
  const untilNoLimitCounts = (): void => hub.advance(2 * 3_600_000)
  const nobody = (round: number): string => `nobody${round}`
  try {
    const company = await foreignCompany(hub)
    const stranger = new Person(hub.publicUrl, 'demo.admin')
    const pairs = [
      await pair(
        'sign-in: wrong password, unknown name',
        [() => signIn('acme.admin'), (round) => signIn(nobody(round))],
        { between: untilNoLimitCounts },
      ),
      await pair(
        'forgot password: known address, unknown',
        [() => forgot('avery@acme.example'), (round) => forgot(`${nobody(round)}@acme.example`)],
        { between: untilNoLimitCounts },
      ),
      await pair(
        'sign-up: address taken, address free',
        [
          (round) => signUp(`taken${round}`, 'avery@acme.example'),
          (round) => signUp(nobody(round), `${nobody(round)}@acme.example`),
        ],
        { between: untilNoLimitCounts },
      ),
    ]
    await stranger.signIn(hub.ask)
    const companies = await pair(
      'a company: foreign, absent',
      [
        () => stranger.query(hub.ask, companyQuery, { id: company }),
        () => stranger.query(hub.ask, companyQuery, { id: randomUUID() }),
      ],
      // Answers of three milliseconds differ by chance more than those of a hundred.
      { rounds: 1500 },
    )
    return [...pairs, companies]
  } finally {
    await hub.close()
  }
}

const companyQuery = 'query ($id: ID!) { company(id: $id) { id name authorizations { id } } }'

type Request = (round: number) => Promise<unknown>

async function pair(
  what: string,
  requests: [Request, Request],
  { rounds = 300, between = () => {} } = {},
): Promise<Pair> {
  const took: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    // By turns, and each of them first as often as the other.
    for (const which of round % 2 ? ([0, 1] as const) : ([1, 0] as const))
      took[which].push(await timed(() => requests[which](round)))
    between()
  }
  return { what, one: median(took[0]), other: median(took[1]) }
}

async function foreignCompany(hub: OpenHub): Promise<string> {
  const [row] = await hub.database.query<{ id: string }>(`SELECT id FROM companies WHERE name = 'Tortured 0'`)
  return row?.id ?? ''
}

function send(hub: OpenHub, query: string, input: object): Promise<unknown> {
  const headers = {
    'content-type': 'application/json',
    origin: hub.publicUrl,
    'apollo-require-preflight': 'true',
  }
  const body = JSON.stringify({ query, variables: { input } })
  return hub.ask({ method: 'POST', path: '/graphql', headers, body })
}
