import type { AuditService } from '../audit/audit.service.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import { NoticePreferencesEntity } from './notice-preferences.entity.js'

interface Surroundings {
  database: Database
  audit: AuditService
}

type Choice = Pick<NoticePreferencesEntity, 'expiring' | 'ended'>

/** Which letters somebody wants; who has not chosen wants all. */
export class NoticePreferencesService {
  constructor(private readonly on: Surroundings) {}

  async of(userId: string): Promise<NoticePreferencesEntity> {
    const chosen = await this.on.database.reader.findOneBy(NoticePreferencesEntity, { userId })
    return chosen ?? Object.assign(new NoticePreferencesEntity(), { userId, expiring: true, ended: true })
  }

  async change(context: RequestContext, { expiring, ended }: Choice): Promise<NoticePreferencesEntity> {
    const { userId } = requireViewer(context)
    return this.on.database.inTransaction(async (manager) => {
      const chosen = Object.assign(new NoticePreferencesEntity(), { userId, expiring, ended })
      await manager.upsert(NoticePreferencesEntity, chosen, ['userId'])
      await this.on.audit.record(manager, {
        name: 'notice.preferences_changed',
        actorId: userId,
        requestId: context.requestId,
        details: { expiring, ended },
      })
      return chosen
    })
  }
}
