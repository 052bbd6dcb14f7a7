import { applicationFacts, applicationIds } from '../application/applications.js'
import type { Clock } from '../clock.js'
import type { CompanyService } from '../company/company.service.js'
import type { RequestContext } from '../context.js'
import { canInApplication, type Viewer } from '../permissions.js'
import type { Database } from '../db/transaction.js'
import type { AuthorizationService } from './authorization.service.js'
import type { OptIn } from './authorization.type.js'
import { outcomeOf } from './opt-in-outcome.js'
import { PendingAuthorizationEntity } from './pending-authorization.entity.js'

interface Surroundings {
  database: Database
  clock: Clock
  companies: CompanyService
  authorizations: AuthorizationService
}

/** What the page says after UPS.com has sent the browser back. */
export class OptInOutcomeService {
  constructor(private readonly on: Surroundings) {}

  /** Only for the person and the browser session that began the visit. */
  async find(context: RequestContext, id: string): Promise<OptIn | null> {
    const { viewer } = context
    const visit = await this.on.database.reader.findOneBy(PendingAuthorizationEntity, { id })
    if (!viewer || visit?.userId !== viewer.userId || visit.sessionId !== context.sessionId) return null
    const company = await this.on.companies.findVisible(context, visit.companyId)
    if (!company) return null
    const outcome = outcomeOf(visit, this.on.clock())
    const next = outcome === 'AUTHORIZED' ? await this.#nextApplication(viewer, visit.companyId) : undefined
    return {
      id,
      application: applicationFacts(visit.applicationId),
      company,
      outcome,
      at: visit.outcomeAt ?? visit.consumedAt ?? visit.createdAt,
      nextApplication: next ? applicationFacts(next) : null,
    }
  }

  /** Of those that this person could go on with: who was invited for one learns nothing of the others. */
  async #nextApplication(viewer: Viewer, companyId: string) {
    const authorizations = await this.on.authorizations.findOfCompanies([companyId])
    const waiting = authorizations
      .filter((each) => each.status !== 'AUTHORIZED' && canInApplication(viewer, 'authorization.begin', each))
      .map((each) => each.applicationId)
    return applicationIds.find((id) => waiting.includes(id))
  }
}
