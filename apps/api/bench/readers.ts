import { ApolloServer } from '@apollo/server'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { Request } from 'autocannon'
import fastify from 'fastify'
import type { Engine } from '../torture/engine.js'
import { median } from './by-turns.js'
import type { Load } from './load.js'
import { measure, onOneCore, startLoad } from './load-process.js'
import { openHub, type OpenHub } from './open-hub.js'

const realCompanies = 10
const rounds = 3
const seconds = 2

const statusDocument = `query ($vaultKey: ID!) { tokenStatus(vaultKey: $vaultKey) {
  vaultKey application status active expiresAt refreshExpiresAt reauthorizationRequired endReason checkedAt } }`

export interface Rate {
  perSecond: number
  /** Processor time of the server, which other programs of the machine change less than the rate. */
  microseconds: number
}

/** By what is asked, of one process with 32 connections. */
export type Rates = Record<'bare' | 'status' | 'unchanged' | 'token' | 'bareGraphql' | 'graphql', Rate>

/** Each kind by turns, in the same process and against the same load, so that what else the machine does hits all. */
export async function readRates(engine: Engine): Promise<Rates> {
  const hub = await openHub(engine, realCompanies)
  const bare = await bareServer()
  const load = startLoad()
  onOneCore(process.pid, 0)
  try {
    const url = await hub.app.http.listen({ port: 0, host: '127.0.0.1' })
    const kinds = kindsOf(url, await bare.listen({ port: 0, host: '127.0.0.1' }), await askedOf(hub))
    const rates = new Map<keyof Rates, Rate[]>(kinds.map(({ kind }) => [kind, []]))
    for (let round = 0; round <= rounds; round++)
      for (const { kind, expected, ...asked } of kinds) {
        const before = process.cpuUsage()
        const { perSecond, statuses } = await measure(load, { ...asked, seconds })
        const { user, system } = process.cpuUsage(before)
        if (Object.keys(statuses).join() !== expected) throw new Error(`${kind}: ${JSON.stringify(statuses)}`)
        // The first round warms up.
        const microseconds = (user + system) / (statuses[expected] ?? 1)
        if (round > 0) rates.get(kind)?.push({ perSecond, microseconds })
      }
    return Object.fromEntries([...rates].map(([kind, each]) => [kind, middle(each)])) as Rates
  } finally {
    load.kill()
    await bare.close()
    await hub.close()
  }
}

const middle = (rates: readonly Rate[]): Rate => ({
  perSecond: median(rates.map(({ perSecond }) => perSecond)),
  microseconds: median(rates.map(({ microseconds }) => microseconds)),
})

async function bareServer() {
  const http = fastify()
  const status = { vaultKey: 'x'.repeat(36), application: 'RATING', status: 'AUTHORIZED', active: true }
  http.get('/json', async () => status)
  const apollo = new ApolloServer({ typeDefs: 'type Query { ok: Boolean }', csrfPrevention: false })
  await apollo.start()
  http.addHook('onClose', () => apollo.stop())
  http.post('/graphql', fastifyApolloHandler(apollo))
  return http
}

interface Asked {
  headers: Record<string, string>
  vaultKeys: string[]
  etags: string[]
}

/** All authorizations of one client, whose key is remembered for a second as in life. */
async function askedOf(hub: OpenHub): Promise<Asked> {
  const apiKey = hub.standings[0]?.apiKey ?? ''
  const headers = { host: new URL(hub.publicUrl).host, authorization: `Bearer ${apiKey}` }
  const vaultKeys = hub.standings.filter((one) => one.apiKey === apiKey).map(({ vaultKey }) => vaultKey)
  const etags: string[] = []
  for (const vaultKey of vaultKeys) {
    const answer = await hub.ask({ path: `/v1/tokens/${vaultKey}`, headers })
    etags.push(String(answer.headers.etag))
  }
  return { headers, vaultKeys, etags }
}

interface Kind extends Omit<Load, 'seconds'> {
  kind: keyof Rates
  expected: string
}

function kindsOf(url: string, bareUrl: string, { headers, vaultKeys, etags }: Asked): Kind[] {
  const json = { 'content-type': 'application/json' }
  const each = (request: (vaultKey: string, index: number) => Request) => vaultKeys.map(request)
  const graphql = (query: string, variables: object): Request => ({
    method: 'POST',
    path: '/graphql',
    body: JSON.stringify({ query, variables }),
  })
  return [
    { kind: 'bare', url: bareUrl, headers: {}, requests: [{ path: '/json' }], expected: '200' },
    {
      kind: 'status',
      url,
      headers,
      requests: each((vaultKey) => ({ path: `/v1/tokens/${vaultKey}` })),
      expected: '200',
    },
    {
      kind: 'unchanged',
      url,
      headers,
      requests: each((vaultKey, index) => ({
        path: `/v1/tokens/${vaultKey}`,
        headers: { ...headers, 'if-none-match': etags[index] ?? '' },
      })),
      expected: '304',
    },
    {
      kind: 'token',
      url,
      headers,
      requests: each((vaultKey) => ({ path: `/v1/tokens/${vaultKey}/access-token` })),
      expected: '200',
    },
    {
      kind: 'bareGraphql',
      url: bareUrl,
      headers: json,
      requests: [graphql('{ __typename }', {})],
      expected: '200',
    },
    {
      kind: 'graphql',
      url,
      headers: { ...headers, ...json },
      requests: each((vaultKey) => graphql(statusDocument, { vaultKey })),
      expected: '200',
    },
  ]
}
