import type { OnlyVisibleCompanies } from '../context.js'
import type { Viewer } from '../permissions.js'
import { AuthorizationEntity } from './authorization.entity.js'
import { authenticatedStatuses } from './authorization-state.js'

/**
 * The ruling on visibility as one condition, for lists, selectors, search and ids alike: members see their companies;
 * a solution admin sees companies that are authenticated - in the application asked for, or in any; nobody sees more.
 */
export function visibleCompanies(viewer: Viewer | null): OnlyVisibleCompanies {
  return (query, alias, applicationId) => {
    query.andWhere(`${alias}.removedAt IS NULL`)
    if (!viewer) return query.andWhere('1 = 0')

    const enrolment = query
      .subQuery()
      .select('1')
      .from(AuthorizationEntity, 'enrolment')
      .where(`enrolment.companyId = ${alias}.id`)
      .andWhere('enrolment.withdrawnAt IS NULL')
    if (applicationId) enrolment.andWhere('enrolment.applicationId = :visibleIn')
    const isEnrolled = `EXISTS ${enrolment.getQuery()}`
    const isAuthenticated = `EXISTS ${enrolment.andWhere('enrolment.status IN (:...authenticated)').getQuery()}`

    const memberOf = [...viewer.companyRoles.keys()]
    const ways = [
      ...(memberOf.length > 0
        ? [`${alias}.id IN (:...memberOf)${applicationId ? ` AND ${isEnrolled}` : ''}`]
        : []),
      ...(viewer.isSolutionAdmin ? [isAuthenticated] : []),
    ]
    return query.andWhere(ways.length > 0 ? `(${ways.map((way) => `(${way})`).join(' OR ')})` : '1 = 0', {
      memberOf,
      authenticated: authenticatedStatuses,
      visibleIn: applicationId,
    })
  }
}

/** The same ruling for one authorization that was read already. */
export function isVisible(viewer: Viewer | null, authorization: AuthorizationEntity): boolean {
  if (!viewer || authorization.withdrawnAt) return false
  if (viewer.companyRoles.has(authorization.companyId)) return true
  return viewer.isSolutionAdmin && authenticatedStatuses.includes(authorization.status)
}
