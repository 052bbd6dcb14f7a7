import { applicationIds, type ApplicationId } from '../application/applications.js'
import type { AuditEntry } from '../audit-trail/audit-entry.js'
import type { AuditTrailService } from '../audit-trail/audit-trail.service.js'
import type { AuditEventName } from '../audit/audit-events.js'
import type { AuditService } from '../audit/audit.service.js'
import type { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { AuthorizationService } from '../authorization/authorization.service.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import { can } from '../permissions.js'
import type { TokenHistoryEntity } from '../vault/token-history.entity.js'
import type { VaultService } from '../vault/vault.service.js'
import { exportErrors } from './export.errors.js'
import type { FileFormat } from './file-formats.js'

interface Surroundings {
  database: Database
  audit: AuditService
  auditTrail: AuditTrailService
  authorizations: AuthorizationService
  vault: VaultService
}

export interface HistoryWish {
  companyId: string
  /** All that the company uses, unless given. */
  application: ApplicationId | null
  format: FileFormat
}

export type TokenGeneration = TokenHistoryEntity & { applicationId: ApplicationId }

/** What made an authorization what it is, or tried to. Renewals are told by the token history. */
const turningPoints: readonly AuditEventName[] = [
  'company.enrolled',
  'authorization.begun',
  'authorization.opted_in',
  'authorization.opt_in_failed',
  'authorization.opt_in_voided',
  'authorization.opted_out',
  'authorization.invalidated',
  'company.withdrew',
]

/** The past of a company's authorizations, for everybody who may see them. Times only, never a token. */
export class HistoryService {
  constructor(private readonly on: Surroundings) {}

  async ofAuthorizations(context: RequestContext, wish: HistoryWish): Promise<AsyncGenerator<AuditEntry>> {
    const visible = await this.#release(context, wish, 'authorizations')
    const applications = new Set<string | null>(visible.map(({ applicationId }) => applicationId))
    const { companyId, application } = wish
    const entries = this.on.auditTrail.ofCompany(context, { companyId, application, names: turningPoints })
    return only(entries, ({ applicationId }) => applications.has(applicationId))
  }

  async ofTokens(context: RequestContext, wish: HistoryWish): Promise<AsyncGenerator<TokenGeneration>> {
    return this.#generations(await this.#release(context, wish, 'tokens'))
  }

  /** Which authorizations the file may tell of; that somebody took it is on record before its first line leaves. */
  async #release(
    context: RequestContext,
    { companyId, application, format }: HistoryWish,
    history: 'authorizations' | 'tokens',
  ): Promise<AuthorizationEntity[]> {
    const viewer = requireViewer(context)
    const visible = (await this.on.authorizations.findVisibleOfCompany(context, companyId)).filter(
      ({ applicationId }) => !application || applicationId === application,
    )
    if (visible.length === 0 || !can(viewer, 'authorization.view', companyId))
      throw exportErrors.HISTORY_COMPANY_NOT_FOUND()
    await this.on.database.inTransaction((manager) =>
      this.on.audit.record(manager, {
        name: 'history.exported',
        actorId: viewer.userId,
        requestId: context.requestId,
        companyId,
        ...(application && { applicationId: application }),
        details: { history, format },
      }),
    )
    return visible.sort(
      (a, b) => applicationIds.indexOf(a.applicationId) - applicationIds.indexOf(b.applicationId),
    )
  }

  async *#generations(authorizations: readonly AuthorizationEntity[]): AsyncGenerator<TokenGeneration> {
    for (const { id, applicationId } of authorizations) {
      for await (const generation of this.on.vault.wholeHistory(id)) yield { ...generation, applicationId }
    }
  }
}

async function* only<Row>(rows: AsyncIterable<Row>, isWanted: (row: Row) => boolean): AsyncGenerator<Row> {
  for await (const row of rows) if (isWanted(row)) yield row
}
