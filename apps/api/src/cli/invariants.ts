import type { EntityManager } from 'typeorm'

/**
 * What must hold at any moment, also while processes write: each is one statement, hence one look at one state of the
 * database. The query answers what breaks it, as rows with a `what`.
 */
export interface Invariant {
  rule: string
  violations(reader: EntityManager, now: Date): Promise<string[]>
}

/** A living owner has renewed its lease or settled its attempt by then. */
const unsettledAtMostMs = 60_000

const ofAuthorization = `'authorization ' || a.id || ' (' || a."applicationId" || ')'`

export const invariants: readonly Invariant[] = [
  broken(
    'one active authorization for a company and application',
    `SELECT 'company ' || "companyId" || ' (' || "applicationId" || ')' AS what FROM authorizations
     WHERE status = 'AUTHORIZED' GROUP BY "companyId", "applicationId" HAVING COUNT(*) > 1`,
  ),
  broken(
    'one current generation for an active authorization: its pair',
    `SELECT ${ofAuthorization} AS what FROM authorizations a
     LEFT JOIN token_sets t ON t."authorizationId" = a.id
     WHERE (a.status = 'AUTHORIZED' AND (t."authorizationId" IS NULL OR t.generation <> a.generation))
        OR (a.status = 'REAUTHORIZATION_REQUIRED' AND t.generation <> a.generation)`,
  ),
  broken(
    'one current generation for an active authorization: its history',
    `SELECT ${ofAuthorization} AS what FROM authorizations a
     LEFT JOIN token_history h ON h."authorizationId" = a.id AND h."supersededAt" IS NULL
     WHERE a.status = 'AUTHORIZED'
     GROUP BY a.id, a."applicationId", a.generation
     HAVING COUNT(h.id) <> 1 OR MAX(h.generation) <> a.generation`,
  ),
  broken(
    'no pair without an authorization that holds one',
    `SELECT 'pair of authorization ' || t."authorizationId" AS what FROM token_sets t
     LEFT JOIN authorizations a ON a.id = t."authorizationId"
     WHERE a.id IS NULL OR a.status = 'NOT_AUTHORIZED'`,
  ),
  broken(
    'nothing is authorized for a company that was removed, has withdrawn or has opted out',
    `SELECT ${ofAuthorization} AS what FROM authorizations a
     LEFT JOIN companies c ON c.id = a."companyId"
     WHERE (a.status <> 'NOT_AUTHORIZED' AND (c.id IS NULL OR c."removedAt" IS NOT NULL OR a."withdrawnAt" IS NOT NULL
            OR a."endReason" IN ('OPTED_OUT', 'WITHDRAWN', 'COMPANY_REMOVED')))
        OR (a.status = 'AUTHORIZED' AND (a."endedAt" IS NOT NULL OR a."endReason" IS NOT NULL))`,
  ),
  broken(
    'each authorization goes by the name of its company',
    `SELECT ${ofAuthorization} AS what FROM authorizations a
     LEFT JOIN companies c ON c.id = a."companyId"
     WHERE c.id IS NULL OR c."nameKey" <> a."companyNameKey"`,
  ),
  broken(
    'whatever is active is due for renewal at some time, and nothing else is',
    `SELECT ${ofAuthorization} AS what FROM authorizations a
     WHERE (a.status = 'AUTHORIZED' AND a."nextRefreshAt" IS NULL)
        OR (a.status <> 'AUTHORIZED' AND a."nextRefreshAt" IS NOT NULL)`,
  ),
  broken(
    'a history row for each generation',
    `SELECT ${ofAuthorization} AS what FROM authorizations a
     LEFT JOIN token_history h ON h."authorizationId" = a.id
     GROUP BY a.id, a."applicationId", a.generation
     HAVING COUNT(h.id) <> a.generation OR COALESCE(MAX(h.generation), 0) <> a.generation`,
  ),
  broken('an audit record for each generation', unequalSince('h."issuedAt"', '<')),
  broken('no audit record of a generation that is not there', unequalSince('e.at', '>')),
  broken(
    'the last event of an authorization tells how it stands',
    `SELECT ${ofAuthorization} AS what FROM authorizations a
     JOIN authorization_events e ON e."authorizationId" = a.id
     WHERE e.number = (SELECT MAX(l.number) FROM authorization_events l WHERE l."authorizationId" = a.id)
       AND (e.status <> a.status OR e.generation > a.generation)`,
  ),
  {
    rule: 'no renewal in doubt for more than a minute',
    violations: (reader, now) =>
      whatOf(
        reader,
        `SELECT 'attempt ' || r.id || ' of authorization ' || r."authorizationId" AS what FROM refresh_attempts r
         LEFT JOIN authorizations a ON a.id = r."authorizationId"
         WHERE r."settledAt" IS NULL AND r."startedAt" < ${now.getTime() - unsettledAtMostMs}
           AND NOT (COALESCE(a."leaseOwner", '') = r.owner AND COALESCE(a."leaseUntil", 0) > ${now.getTime()})`,
      ),
  },
]

/** What only SQLite can be asked: PostgreSQL checks its pages and references by itself. */
export const sqliteInvariants: readonly Invariant[] = [
  {
    rule: 'every page of the file is sound',
    async violations(reader) {
      const rows: { quick_check: string }[] = await reader.query('PRAGMA quick_check')
      return rows.map((row) => row.quick_check).filter((line) => line !== 'ok')
    },
  },
  {
    rule: 'every reference leads somewhere',
    async violations(reader) {
      const rows: { table: string; rowid: number }[] = await reader.query('PRAGMA foreign_key_check')
      return rows.map(({ table, rowid }) => `row ${rowid} of ${table}`)
    },
  },
]

/**
 * Retention removes the older records of renewals. A record is written a little after its tokens were issued, so those of
 * its last day may have lost their partner and do not count on the side that must not be more.
 */
function unequalSince(counted: string, unequal: '<' | '>'): string {
  const swept = `COALESCE((SELECT s.before FROM audit_sweeps s WHERE s.retention = 'routine'), 0)`
  const since = (column: string): string =>
    `${column} >= ${swept}${column === counted ? ` + (CASE WHEN ${swept} = 0 THEN 0 ELSE 86400000 END)` : ''}`
  return `SELECT ${ofAuthorization} AS what FROM authorizations a
     LEFT JOIN (SELECT h."authorizationId", COUNT(*) AS n FROM token_history h
                WHERE ${since('h."issuedAt"')} GROUP BY h."authorizationId") h
       ON h."authorizationId" = a.id
     LEFT JOIN (SELECT e."companyId", e."applicationId", COUNT(*) AS n FROM audit_events e
                WHERE e.name IN ('authorization.opted_in', 'authorization.refreshed', 'authorization.recovered')
                  AND ${since('e.at')}
                GROUP BY e."companyId", e."applicationId") e
       ON e."companyId" = a."companyId" AND e."applicationId" = a."applicationId"
     WHERE COALESCE(e.n, 0) ${unequal} COALESCE(h.n, 0)`
}

function broken(rule: string, sql: string): Invariant {
  return { rule, violations: (reader) => whatOf(reader, sql) }
}

async function whatOf(reader: EntityManager, sql: string): Promise<string[]> {
  const rows: { what: string }[] = await reader.query(sql)
  return rows.map(({ what }) => what)
}
