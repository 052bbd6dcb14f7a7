import type { Engine } from '../torture/engine.js'
import { addAuthorizations, bulkVaultKey } from './bulk.js'
import { byTurns, median, timed } from './by-turns.js'
import { openHub, type OpenHub } from './open-hub.js'

const realCompanies = 20
const dueAtOnce = 100
const ticks = 21
const reads = 300

export interface Sizes {
  small: number
  large: number
  /** Milliseconds of one tick with as many due, of one with nothing due, and of one status read. */
  tick: { small: number; large: number }
  idleTick: { small: number; large: number }
  statusRead: { small: number; large: number }
}

/** The same work on a small and on a large database, by turns, so that whatever else the machine does hits both. */
export async function sizes(engine: Engine, small: number, large: number): Promise<Sizes> {
  const hubs = [await filled(engine, small), await filled(engine, large)] as const
  try {
    const tick = await byTurns(hubs, ticks, timedTick)
    const idleTick = await byTurns(hubs, ticks, (hub) => timed(() => hub.app.sweep()))
    const statusRead = await byTurns(hubs, 5, (hub, round) =>
      timedReads(hub, hub === hubs[0] ? small : large, round),
    )
    return { small, large, tick, idleTick, statusRead }
  } finally {
    for (const hub of hubs) await hub.close()
  }
}

async function filled(engine: Engine, count: number): Promise<OpenHub> {
  const hub = await openHub(engine, realCompanies)
  const [client] = await hub.database.query<{ id: string; createdById: string }>(
    'SELECT id, "createdById" FROM api_clients LIMIT 1',
  )
  if (!client) throw new Error('no API client')
  const { id: clientId, createdById: givenById } = client
  await addAuthorizations(hub.app.database, { from: 0, to: count - realCompanies * 5, clientId, givenById })
  return hub
}

/** All that were opted in by the front door fall due at once; each is renewed, at a UPS.com that answers at once. */
async function timedTick(hub: OpenHub): Promise<number> {
  hub.advance(60_000)
  const due = hub.now().getTime() - 1000
  await hub.app.database.inTransaction((manager) =>
    manager.query(
      `UPDATE authorizations SET "nextRefreshAt" = ${due}, "urgentAt" = ${due}, "problemSince" = ${due},
       "claimedUntil" = NULL WHERE id NOT LIKE 'bulk-%' AND status = 'AUTHORIZED'`,
    ),
  )
  let count = 0
  const took = await timed(async () => {
    count = await hub.app.sweep()
  })
  if (count !== dueAtOnce) throw new Error(`${count} were due instead of ${dueAtOnce}`)
  return took
}

async function timedReads(hub: OpenHub, size: number, round: number): Promise<number> {
  const { apiKey } = hub.standings[0] as { apiKey: string }
  const bulk = size - realCompanies * 5
  const took: number[] = []
  for (let read = 0; read < reads; read++) {
    // Spread over the whole table, never the same one twice.
    const number = Math.floor((((read * 5 + round) * 0.618034) % 1) * bulk)
    took.push(
      await timed(async () => {
        const answer = await hub.app.http.inject({
          url: `/v1/tokens/${bulkVaultKey(number)}`,
          headers: { host: new URL(hub.publicUrl).host, authorization: `Bearer ${apiKey}` },
        })
        if (answer.statusCode !== 200) throw new Error(`a status read was answered ${answer.statusCode}`)
      }),
    )
  }
  return median(took)
}
