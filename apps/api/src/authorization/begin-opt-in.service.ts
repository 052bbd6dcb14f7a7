import { IsNull, type EntityManager } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import type { ApplicationService } from '../application/application.service.js'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { requireViewer, type RequestContext } from '../context.js'
import { timeBefore } from '../db/columns.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import type { KeyedHash } from '../keyed-hash.js'
import { canInApplication } from '../permissions.js'
import type { Sealer } from '../seal.js'
import { authorizationErrors } from './authorization.errors.js'
import type { AuthorizationService } from './authorization.service.js'
import { PendingAuthorizationEntity, verifierContext } from './pending-authorization.entity.js'
import { returnPages, type ReturnTo } from './return-to.js'

/** S-2 and S-37. */
const visitLifeMs = 10 * 60_000
const visitsPerPerson = 10
const visitsKeptMs = 24 * 60 * 60_000

interface Surroundings {
  database: Database
  clock: Clock
  hash: KeyedHash
  sealer: Sealer
  applications: ApplicationService
  authorizations: AuthorizationService
  audit: AuditService
}

export interface OptInRequest {
  companyId: string
  applicationId: ApplicationId
  returnTo: ReturnTo
  upsProfileNote: string | null
}

export interface BegunOptIn {
  id: string
  authorizationUrl: string
  expiresAt: Date
}

/** Leaving for UPS.com (RFC 6749 section 4.1.1), with the state bound to one browser session. */
export class BeginOptInService {
  constructor(private readonly on: Surroundings) {}

  async begin(context: RequestContext, request: OptInRequest): Promise<BegunOptIn> {
    const viewer = requireViewer(context)
    const { companyId, applicationId } = request
    const authorization = await this.on.authorizations.getVisible(context, { companyId, applicationId })
    if (!canInApplication(viewer, 'authorization.begin', { companyId, applicationId }))
      throw authorizationErrors.AUTHORIZATION_NOT_YOURS_TO_BEGIN()
    if (returnPages[request.returnTo].applicationId !== applicationId) {
      throw authorizationErrors.RETURN_PAGE_OF_ANOTHER_APPLICATION()
    }
    const client = this.on.applications.clientOf(applicationId)
    if (!(await client.isReachable())) throw authorizationErrors.UPS_UNREACHABLE()
    const { url, state, codeVerifier } = await client.authorizationUrl()

    const now = this.on.clock()
    const id = newId(now)
    const expiresAt = new Date(now.getTime() + visitLifeMs)
    await this.on.database.inTransaction(async (manager) => {
      await this.#keepFew(manager, viewer.userId)
      await manager.insert(PendingAuthorizationEntity, {
        id,
        stateHash: this.on.hash('state', state.reveal()),
        sessionId: context.sessionId ?? '',
        userId: viewer.userId,
        companyId,
        applicationId,
        authorizationId: authorization.id,
        codeVerifier:
          codeVerifier &&
          this.on.sealer.seal(codeVerifier, verifierContext({ id, companyId, applicationId })),
        returnTo: request.returnTo,
        upsProfileNote: request.upsProfileNote?.trim() || null,
        createdAt: now,
        expiresAt,
      })
      await this.on.audit.record(manager, {
        name: 'authorization.begun',
        actorId: viewer.userId,
        companyId,
        applicationId,
        requestId: context.requestId,
      })
    })
    return { id, authorizationUrl: url.href, expiresAt }
  }

  /** The oldest visit gives way, so that pressing the button often neither fails nor fills the table (S-37). */
  async #keepFew(manager: EntityManager, userId: string): Promise<void> {
    const open = await manager.find(PendingAuthorizationEntity, {
      where: { userId, consumedAt: IsNull() },
      order: { createdAt: 'DESC' },
      skip: visitsPerPerson - 1,
    })
    for (const { id } of open) await manager.delete(PendingAuthorizationEntity, { id })
    const before = new Date(this.on.clock().getTime() - visitsKeptMs)
    await manager.delete(PendingAuthorizationEntity, { userId, createdAt: timeBefore(before) })
  }
}
