import type { EntityManager } from 'typeorm'
import type { AuditRecord, AuditService } from '../audit/audit.service.js'
import type { RequestContext } from '../context.js'

type Deed = Omit<AuditRecord, 'actorId' | 'requestId'>

/** Deeds of a person on one API client, each in the caller's transaction. */
export class ApiClientRecorder {
  constructor(
    private readonly audit: AuditService,
    private readonly manager: EntityManager,
    private readonly by: { context: RequestContext; clientId: string },
  ) {}

  record(deed: Deed): Promise<void> {
    return this.audit.record(this.manager, this.#rowOf(deed))
  }

  /** In the trail of every company that lets the client do something, or of nobody's where none does. */
  async recordForAll(companyIds: readonly string[], deed: Deed): Promise<void> {
    if (companyIds.length === 0) return this.record(deed)
    await this.audit.recordForEach(this.manager, this.#rowOf(deed), companyIds)
  }

  #rowOf(deed: Deed): AuditRecord {
    const { context, clientId } = this.by
    const { requestId, viewer } = context
    const actorId = viewer?.userId ?? null
    return { ...deed, actorId, requestId, details: { clientId, ...deed.details } }
  }
}
