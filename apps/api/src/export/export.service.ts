import type { AuditEntry } from '../audit-trail/audit-entry.js'
import type { AuditFilter } from '../audit-trail/audit-filter.js'
import type { AuditTrailService } from '../audit-trail/audit-trail.service.js'
import type { AuditService } from '../audit/audit.service.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import type { NoticePreferencesService } from '../notice/notice-preferences.service.js'
import type { SessionService } from '../session/session.service.js'
import type { UserService } from '../user/user.service.js'
import { exportErrors } from './export.errors.js'

interface Surroundings {
  database: Database
  audit: AuditService
  auditTrail: AuditTrailService
  users: UserService
  sessions: SessionService
  noticePreferences: NoticePreferencesService
}

/** Files for people. Each is in the audit trail before its first line leaves. */
export class ExportService {
  constructor(private readonly on: Surroundings) {}

  async auditTrail(
    context: RequestContext,
    { filter, format }: { filter: AuditFilter; format: 'csv' | 'json' },
  ): Promise<AsyncGenerator<AuditEntry>> {
    const { userId: actorId } = requireViewer(context)
    const { companyId, application } = filter
    if (companyId && !(await this.on.auditTrail.maySeeCompany(context, companyId)))
      throw exportErrors.EXPORT_COMPANY_NOT_FOUND()
    await this.on.database.inTransaction((manager) =>
      this.on.audit.record(manager, {
        name: 'audit.exported',
        actorId,
        requestId: context.requestId,
        ...(companyId && { companyId }),
        ...(application && { applicationId: application }),
        details: { format },
      }),
    )
    return this.on.auditTrail.all(context, filter)
  }

  /** What the hub holds about the person who asks (S-173), besides what they did, which is in the trail. */
  async ownData(context: RequestContext): Promise<object> {
    const viewer = requireViewer(context)
    const { userId } = viewer
    await this.on.database.inTransaction((manager) =>
      this.on.audit.record(manager, {
        name: 'person.exported',
        actorId: userId,
        requestId: context.requestId,
      }),
    )
    const [user] = await this.on.users.findMany([userId])
    const memberships = await this.on.users.membershipsOf(userId, viewer)
    const sessions = await this.on.sessions.timesOf(userId)
    const { expiring, ended } = await this.on.noticePreferences.of(userId)
    return {
      person: user && {
        id: user.id,
        signInName: user.signInName,
        displayName: user.displayName,
        email: user.email,
        isSolutionAdmin: user.isSolutionAdmin,
        createdAt: user.createdAt,
        lastSignInAt: user.lastSignInAt,
      },
      memberships: memberships.map(({ company, role }) => ({ company: company.name, role })),
      sessions,
      letters: { expiring, ended },
    }
  }

  async *ownTrail(context: RequestContext): AsyncGenerator<AuditEntry> {
    const actorId = await this.on.auditTrail.ownActorId(context)
    if (actorId) yield* this.on.auditTrail.all(context, { actorId })
  }
}
