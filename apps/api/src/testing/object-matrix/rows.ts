import { accountRows } from './account.rows.js'
import { apiClientRows } from './api-client.rows.js'
import { auditRows } from './audit.rows.js'
import { companyRows } from './company.rows.js'
import { consumerReturnsRows } from './consumer-returns.rows.js'
import { invitationRows } from './invitation.rows.js'
import { peopleRows } from './people.rows.js'
import type { Row } from './row.js'
import { sessionRows } from './session.rows.js'
import { webhookRows } from './webhook.rows.js'

/** One row for each operation of the schema; an operation without one fails the build. */
export const rows: Readonly<Record<string, Row>> = {
  ...accountRows,
  ...auditRows,
  ...sessionRows,
  ...companyRows,
  ...consumerReturnsRows,
  ...invitationRows,
  ...peopleRows,
  ...apiClientRows,
  ...webhookRows,
}
