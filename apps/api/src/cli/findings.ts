import type { EntityManager } from 'typeorm'
import { createReadiness, freeBytesOf } from '../health/readiness.js'
import { AuditService } from '../audit/audit.service.js'
import type { Settings } from '../config.js'
import { openHashKey, SealedError } from '../installation.js'
import { ApplicationHealthEntity } from '../refresh/application-health.entity.js'
import { usesOfKey } from './key-uses.js'
import type { OpenHub } from './open-hub.js'
import { waitingPairs } from './stored-pairs.js'
import type { Terminal } from './terminal.js'

export interface Finding {
  kind: 'ok' | 'note' | 'to do'
  /** What is so; and what to do about it, where something is. */
  text: string
  /** Which ones, one a line. */
  list?: string[]
}

const ok = (text: string): Finding => ({ kind: 'ok', text })
const note = (text: string): Finding => ({ kind: 'note', text })
const toDo = (text: string, list: string[] = []): Finding => ({ kind: 'to do', text, list })

const overdueAfterMs = 5 * 60_000
const inDoubtAfterMs = 60_000

export async function keyFindings(hub: OpenHub): Promise<Finding[]> {
  try {
    openHashKey(hub.installation, hub.sealer)
  } catch (error) {
    if (!(error instanceof SealedError)) throw error
    return [toDo(error.message)]
  }
  const rows: { keyId: string; n: string | number }[] = await hub.database.reader.query(
    'SELECT "keyId", COUNT(*) AS n FROM token_sets GROUP BY "keyId"',
  )
  const missing = rows.filter(({ keyId }) => !hub.ring.some(({ id }) => id === keyId))
  const lost = missing.map(({ keyId, n }) =>
    toDo(
      `The tokens of ${n} companies need the key "${keyId}", which VAULT_KEYS does not hold. Put it back; they are safe until then.`,
    ),
  )
  const former = await Promise.all(hub.ring.slice(1).map((key) => formerKey(hub, key.id)))
  return [...(lost.length === 0 ? [ok('The keys fit the database.')] : lost), ...former]
}

async function formerKey(hub: OpenHub, id: string): Promise<Finding> {
  const uses = await usesOfKey(hub, id)
  return uses === 0
    ? note(`The key "${id}" seals nothing and may be removed from VAULT_KEYS.`)
    : note(`The key "${id}" still seals something. "npm run cli -- keys rotate" makes it dispensable.`)
}

export async function databaseFindings(
  { database, settings }: OpenHub,
  terminal: Terminal,
): Promise<Finding[]> {
  const audit = new AuditService(terminal.clock)
  const outside = { clock: terminal.clock, log: { error: () => undefined } }
  const freeBytes = freeBytesOf(settings.dataDir)
  const readiness = await createReadiness({ ...outside, database, audit, freeBytes })()
  return [
    readiness.status === 'ready'
      ? ok('The database can be written to, and a commit survives a power cut.')
      : toDo(`${readiness.message} Look at its disk, its rights and its settings.`),
  ]
}

/** How UPS treats the five applications: one that is refused needs a person, an outage only patience. */
export async function applicationFindings({ database }: OpenHub): Promise<Finding[]> {
  const rows = await database.reader.find(ApplicationHealthEntity, { order: { applicationId: 'ASC' } })
  const failing = rows.filter(({ failures }) => failures > 0)
  if (failing.length === 0) return [ok('UPS serves all five applications, as far as is known.')]
  return failing.map(({ applicationId, alarmedAt, failingSince, pausedUntil, problemCode }) => {
    const since = failingSince?.toISOString() ?? 'some time'
    if (alarmedAt)
      return toDo(
        `UPS refuses ${applicationId} since ${since} (${problemCode}). Check UPS_${applicationId}_CLIENT_ID and UPS_${applicationId}_CLIENT_SECRET against UPS's developer portal and restart the hub; no authorization is lost.`,
      )
    return note(
      `UPS does not serve ${applicationId} since ${since} (${problemCode}). The hub tries again by itself${pausedUntil ? `, next at ${pausedUntil.toISOString()}` : ''}; no authorization is lost.`,
    )
  })
}

export async function authorizationFindings({ database }: OpenHub, terminal: Terminal): Promise<Finding[]> {
  const { reader } = database
  const now = terminal.clock().getTime()
  const ended = await companiesWhere(
    reader,
    `a.status = 'REAUTHORIZATION_REQUIRED' AND a."withdrawnAt" IS NULL`,
  )
  const unreadable = await companiesWhere(reader, `a."problemCode" = 'TOKENS_UNREADABLE'`)
  const overdue = await companiesWhere(
    reader,
    `a.status = 'AUTHORIZED' AND a."nextRefreshAt" < ${now - overdueAfterMs} AND NOT EXISTS (
       SELECT 1 FROM application_health p WHERE p."applicationId" = a."applicationId" AND p.failures > 0)`,
  )
  const inDoubt = await companiesWhere(
    reader,
    `(a."leaseUntil" IS NULL OR a."leaseUntil" <= ${now}) AND EXISTS (
       SELECT 1 FROM refresh_attempts r WHERE r."authorizationId" = a.id AND r."settledAt" IS NULL
       AND r."startedAt" < ${now - inDoubtAfterMs})`,
  )
  return [
    found(
      ended,
      'No authorization waits for a person.',
      'Authorizations that only an admin of the company can give anew',
    ),
    found(
      unreadable,
      'No stored tokens were found to be unreadable.',
      'Authorizations whose tokens cannot be read. "npm run cli -- fsck" says why; a missing key can be put back, what is damaged needs a new opt-in',
    ),
    found(
      overdue,
      'No renewal is overdue.',
      'Authorizations that should have been renewed by now. Is the hub running? Start it, or look into its log',
    ),
    found(
      inDoubt,
      'No renewal is in doubt.',
      'Authorizations with a renewal whose outcome is not known. A running hub settles that within a minute of reaching UPS',
    ),
  ]
}

export async function spillFindings(hub: OpenHub): Promise<Finding[]> {
  const { pairs, damaged } = await waitingPairs(hub)
  const findings: Finding[] = []
  if (pairs.length > 0)
    findings.push(
      toDo(
        `${pairs.length} renewed pairs wait in files, because the database refused them. Start the hub on this machine, which stores them; delete none.`,
      ),
    )
  if (damaged.length > 0)
    findings.push(toDo('These spill files cannot be read or belong to nothing:', damaged))
  return findings.length > 0 ? findings : [ok('No renewed pair waits in a file.')]
}

export async function upsFindings({ ups }: Settings, { fetch }: Terminal): Promise<Finding[]> {
  const { baseUrl, environment } = ups
  try {
    await fetch(baseUrl, { redirect: 'manual', signal: AbortSignal.timeout(5000) })
    return [ok(`UPS answers at ${baseUrl.origin}.`)]
  } catch {
    // Whatever the reason, the next step is the same.
    const advice =
      environment === 'stand-in'
        ? 'The stand-in runs with the hub: start it.'
        : 'Look at the network and its proxies.'
    return [toDo(`UPS does not answer at ${baseUrl.origin}. ${advice}`)]
  }
}

const found = (list: string[], nothing: string, what: string): Finding =>
  list.length === 0 ? ok(nothing) : toDo(`${what} (${list.length}):`, list)

interface Concerned {
  name: string
  applicationId: string
  endReason: string | null
  endedAt: string | number | null
}

async function companiesWhere(reader: EntityManager, condition: string): Promise<string[]> {
  const rows: Concerned[] = await reader.query(
    `SELECT c.name, a."applicationId", a."endReason", a."endedAt"
     FROM authorizations a JOIN companies c ON c.id = a."companyId"
     WHERE ${condition} ORDER BY c."nameKey", a.id`,
  )
  return rows.map(({ name, applicationId, endReason, endedAt }) => {
    const since = endedAt === null ? '' : ` since ${new Date(Number(endedAt)).toISOString()}, ${endReason}`
    // Names are what people typed: nothing in them may act on the terminal.
    return `${name.replace(/\p{C}/gu, '?')} (${applicationId})${since}`
  })
}
