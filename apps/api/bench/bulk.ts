import type { Database } from '../src/db/transaction.js'

const applications = ['CONSUMER_RETURNS', 'REVERSE_LOGISTICS', 'PICKUP_MANAGER', 'DATA_MANAGEMENT', 'RATING']

/** A key that the token API can be asked for, of the row of that number. */
export const bulkVaultKey = (number: number): string =>
  `B0000000-0000-4000-8000-${number.toString(16).toUpperCase().padStart(12, '0')}`

export interface Bulk {
  /** Numbers from `from` on, up to and without `to`. */
  from: number
  to: number
  /** The API client that may read them. */
  clientId: string
  givenById: string
}

/**
 * Authorizations by the hundred thousand, none of them due: five to a company, with a pair that nobody opens and a grant
 * for one API client. Made by the database itself; by the front door it would take a day.
 */
export async function addAuthorizations({ kind, inTransaction }: Database, bulk: Bulk): Promise<void> {
  const { from, to, clientId, givenById } = bulk
  const isPostgres = kind === 'postgres'
  const numbers = isPostgres
    ? `SELECT generate_series(${from}, ${to - 1}) AS n`
    : `WITH RECURSIVE s(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM s WHERE n < ${to - 1}) SELECT n FROM s`
  const hex = isPostgres ? `upper(lpad(to_hex(n), 12, '0'))` : `printf('%012X', n)`
  const application = `(CASE n % 5 ${applications.map((id, index) => `WHEN ${index} THEN '${id}'`).join(' ')} END)`
  const company = `'bulk-' || (n / 5)`
  const now = 1_700_000_000_000
  const far = 4_000_000_000_000
  const yes = isPostgres ? 'true' : '1'
  const sealed = `'v1.bulk.${'x'.repeat(100)}'`
  const statements = [
    `INSERT INTO companies (id, name, "nameKey", "createdAt")
     SELECT ${company}, 'Bulk ' || (n / 5), 'bulk ' || (n / 5), ${now} FROM (${numbers}) q WHERE n % 5 = 0`,
    `INSERT INTO authorizations (id, "companyId", "companyNameKey", "applicationId", status, "mintedVaultKey", generation,
       "problemAttempts", "nextRefreshAt", "urgentAt", "createdAt")
     SELECT 'bulk-' || n, ${company}, 'bulk ' || (n / 5), ${application}, 'AUTHORIZED', 'B0000000-0000-4000-8000-' || ${hex}, 1,
       0, ${far} + n, ${far} + n, ${now} FROM (${numbers}) q`,
    `INSERT INTO token_sets ("authorizationId", generation, "keyId", "accessToken", "refreshToken", "issuedAt",
       "expiresAt", "refreshIssuedAt", "refreshExpiresAt", "refreshCount")
     SELECT 'bulk-' || n, 1, 'bulk', ${sealed}, ${sealed}, ${now}, ${now}, ${now}, ${far}, 0 FROM (${numbers}) q`,
    `INSERT INTO api_client_grants (id, "clientId", "companyId", "applicationId", "mayReadStatus", "mayReadTokens",
       "givenById", "givenAt")
     SELECT 'bulk-' || n, '${clientId}', ${company}, ${application}, ${yes}, ${yes}, '${givenById}', ${now}
     FROM (${numbers}) q`,
  ]
  for (const sql of statements) await inTransaction((manager) => manager.query(sql))
  if (isPostgres) await inTransaction((manager) => manager.query('ANALYZE'))
}
