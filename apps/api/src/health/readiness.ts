import { statfs } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { durabilityFaults } from '../db/durability.js'
import type { Database } from '../db/transaction.js'
import type { Logger } from '../log.js'

export type Readiness = { status: 'ready' } | { status: 'sealed' | 'not ready'; message: string }

interface Surroundings {
  database: Database
  audit: AuditService
  clock: Clock
  log: Pick<Logger, 'error'>
  /** Of the disk that holds the data folder. */
  freeBytes: () => Promise<number>
}

const rememberedMs = 1000
const patienceMs = 4000
/** With less, a log of SQLite still takes a page here and there, but neither what UPS answers nor the file beside it. */
const leastFreeBytes = 1024 * 1024

/** Of a folder that is not there, or a disk that does not tell, nothing is known to be wrong. */
export const freeBytesOf = (folder: string) => (): Promise<number> =>
  statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => Infinity,
  )

/** Thrown to take back what was written only to see whether it can be. */
class TakenBack extends Error {}

/**
 * Able to do its work: a record of the trail can be written, and a commit would be durable (S-186). Anybody may ask, so
 * the database is asked at most once a second, by one caller for all.
 */
export function createReadiness(on: Surroundings): () => Promise<Readiness> {
  let known: { at: number; readiness: Readiness } | null = null
  let asking: Promise<Readiness> | null = null

  const ask = async (): Promise<Readiness> => {
    const readiness = await examine(on)
    known = { at: on.clock().getTime(), readiness }
    return readiness
  }

  return async () => {
    const ageMs = known === null ? Infinity : Math.abs(on.clock().getTime() - known.at)
    if (known && ageMs < rememberedMs) return known.readiness
    asking ??= ask().finally(() => {
      asking = null
    })
    const giveUp = new AbortController()
    const late = delay(patienceMs, notReady('The database does not answer in time.'), {
      signal: giveUp.signal,
      ref: false,
    }).catch(() => notReady('stopped waiting'))
    try {
      return await Promise.race([asking, late])
    } finally {
      giveUp.abort()
    }
  }
}

async function examine({ database, audit, log, freeBytes }: Surroundings): Promise<Readiness> {
  let faults: string[] = []
  if ((await freeBytes()) < leastFreeBytes) {
    log.error('not ready: the disk of the data folder is full')
    return notReady('The disk of the data folder is full.')
  }
  try {
    await database.reader.query('SELECT 1')
    await database
      .inTransaction(async (manager) => {
        faults = await durabilityFaults(database.kind, (sql) => manager.query(sql))
        await audit.record(manager, { name: 'callback.refused' })
        throw new TakenBack()
      })
      .catch((err: unknown) => {
        if (!(err instanceof TakenBack)) throw err
      })
    // What is taken back need not reach the disk, and would not notice that the disk is full.
    await database.inTransaction((manager) =>
      manager.query('UPDATE installation SET "createdAt" = "createdAt"'),
    )
  } catch (err) {
    log.error({ err }, 'not ready: the database cannot be written to')
    return notReady('The database cannot be written to at the moment.')
  }
  if (faults.length === 0) return { status: 'ready' }
  log.error({ reason: faults.join('. ') }, 'not ready: a commit might be lost')
  return notReady(`${faults.join('. ')}.`)
}

const notReady = (message: string) => ({ status: 'not ready' as const, message })
