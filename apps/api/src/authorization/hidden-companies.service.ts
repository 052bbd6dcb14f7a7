import type { EntityManager } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { countOf } from '../company/company-search.js'
import { CompanyEntity } from '../company/company.entity.js'
import type { RequestContext } from '../context.js'
import { oneOf } from '../db/one-of.js'
import type { Database } from '../db/transaction.js'
import { AuthorizationEntity } from './authorization.entity.js'

/**
 * How many companies a solution admin does not see because they have not authorized: a number without identity. Without an
 * application it is every company that the list leaves out, those that are enrolled nowhere yet among them.
 */
export class HiddenCompaniesService {
  constructor(private readonly database: Database) {}

  async count(context: RequestContext, applicationId: ApplicationId | null): Promise<number> {
    const { viewer } = context
    if (!viewer?.isSolutionAdmin) return 0
    const { reader } = this.database
    if (applicationId) return waitingIn(reader, applicationId, [...viewer.companyRoles.keys()])
    const present = await reader
      .createQueryBuilder(CompanyEntity, 'company')
      .where('company.removedAt IS NULL')
      .getCount()
    let visible = 0
    for (const list of context.visibleCompanyLists(reader, null)) visible += await countOf(list)
    return Math.max(0, present - visible)
  }
}

/** Enrolled there and not authenticated; a company that is not enrolled is not waited for. */
async function waitingIn(
  reader: EntityManager,
  applicationId: ApplicationId,
  ownIds: readonly string[],
): Promise<number> {
  const query = reader
    .createQueryBuilder(AuthorizationEntity, 'waiting')
    .where(`waiting.status = 'NOT_AUTHORIZED' AND waiting.withdrawnAt IS NULL`)
    .andWhere('waiting.applicationId = :applicationId', { applicationId })
  const own = oneOf(query.connection, 'waiting.companyId', { ownIds })
  return query.andWhere(`NOT (${own.condition})`, own.parameters).getCount()
}
