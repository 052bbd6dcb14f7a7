import type { EntityManager, SelectQueryBuilder } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { CompanyEntity } from '../company/company.entity.js'
import type { CompanyList, OnlyVisibleCompanies } from '../context.js'
import { oneOf } from '../db/one-of.js'
import { isInvitedTo, type Viewer } from '../permissions.js'
import { AuthorizationEntity } from './authorization.entity.js'
import { authenticatedStatuses } from './authorization-state.js'

/**
 * The ruling on visibility as one condition, for ids and for what belongs to companies: members see their companies, and
 * who was invited to authorize one sees that; a solution admin sees companies that are authenticated - in the application asked for, or in any; nobody sees more.
 */
export function visibleCompanies(viewer: Viewer | null): OnlyVisibleCompanies {
  return (query, alias, applicationId) => {
    query.andWhere(`${alias}.removedAt IS NULL`)
    if (!viewer) return query.andWhere('1 = 0')

    const mine = mineOf(viewer, query, { id: `${alias}.id`, applicationId })
    const isEnrolled = `EXISTS ${enrolmentsOf(query, alias, applicationId).getQuery()}`
    const isAuthenticated = `EXISTS ${authenticatedOf(query, alias, applicationId).getQuery()}`
    const ways = [
      `${mine.condition}${applicationId ? ` AND ${isEnrolled}` : ''}`,
      ...(viewer.isSolutionAdmin ? [isAuthenticated] : []),
    ]
    return query.andWhere(`(${ways.map((way) => `(${way})`).join(' OR ')})`, {
      ...mine.parameters,
      visibleIn: applicationId,
    })
  }
}

/**
 * The same ruling as lists that have no company in common, each of which an index gives in the order of the names: a
 * condition would have the database look at every company there is, to find the few that are authenticated.
 */
export function visibleCompanyLists(
  viewer: Viewer | null,
  manager: EntityManager,
  applicationId: ApplicationId | null,
): CompanyList[] {
  if (!viewer) return []
  return [
    ...(viewer.isSolutionAdmin ? [authenticatedCompanies(manager, applicationId)] : []),
    ...(viewer.companyRoles.size + viewer.mayAuthorize.length > 0
      ? [ownCompanies(manager, viewer, applicationId)]
      : []),
  ]
}

function authenticatedCompanies(manager: EntityManager, applicationId: ApplicationId | null): CompanyList {
  const query = manager
    .createQueryBuilder(AuthorizationEntity, 'listed')
    .select('listed.companyNameKey', 'key')
    .addSelect('listed.companyId', 'id')
    .distinct()
    .where(isAuthenticated('listed'))
  if (applicationId) query.andWhere('listed.applicationId = :visibleIn', { visibleIn: applicationId })
  return { query, key: 'listed.companyNameKey', id: 'listed.companyId' }
}

/** Of a solution admin only those that are not in the other list. */
function ownCompanies(
  manager: EntityManager,
  viewer: Viewer,
  applicationId: ApplicationId | null,
): CompanyList {
  const query = manager
    .createQueryBuilder(CompanyEntity, 'listed')
    .select('listed.nameKey', 'key')
    .addSelect('listed.id', 'id')
    .where('listed.removedAt IS NULL')
  const mine = mineOf(viewer, query, { id: 'listed.id', applicationId })
  query.andWhere(mine.condition, { ...mine.parameters, visibleIn: applicationId })
  if (applicationId) query.andWhere(`EXISTS ${enrolmentsOf(query, 'listed', applicationId).getQuery()}`)
  if (viewer.isSolutionAdmin)
    query.andWhere(`NOT EXISTS ${authenticatedOf(query, 'listed', applicationId).getQuery()}`)
  return { query, key: 'listed.nameKey', id: 'listed.id' }
}

type AnyQuery = Pick<SelectQueryBuilder<object>, 'connection' | 'subQuery'>

/** Those that one acts for, and those that one was invited to authorize: in the application of the invitation. */
function mineOf(
  viewer: Viewer,
  { connection }: AnyQuery,
  { id, applicationId }: { id: string; applicationId: ApplicationId | null | undefined },
) {
  const invitedTo = viewer.mayAuthorize
    .filter((right) => !applicationId || right.applicationId === applicationId)
    .map(({ companyId }) => companyId)
  return oneOf(connection, id, { mine: [...viewer.companyRoles.keys(), ...invitedTo] })
}

function enrolmentsOf(query: AnyQuery, alias: string, applicationId: ApplicationId | null | undefined) {
  const enrolments = query
    .subQuery()
    .select('1')
    .from(AuthorizationEntity, 'enrolment')
    .where(`enrolment.companyId = ${alias}.id`)
    .andWhere('enrolment.withdrawnAt IS NULL')
  return applicationId ? enrolments.andWhere('enrolment.applicationId = :visibleIn') : enrolments
}

const authenticatedOf = (...asked: Parameters<typeof enrolmentsOf>) =>
  enrolmentsOf(...asked).andWhere(isAuthenticated('enrolment'))

/** As literals, in the words of the index: with parameters a database could not know that the index is enough. */
const isAuthenticated = (alias: string): string =>
  `${alias}.status IN (${authenticatedStatuses.map((status) => `'${status}'`).join(', ')}) AND ${alias}.withdrawnAt IS NULL`

/** The same ruling for one authorization that was read already. */
export function isVisible(viewer: Viewer | null, authorization: AuthorizationEntity): boolean {
  if (!viewer || authorization.withdrawnAt) return false
  if (viewer.companyRoles.has(authorization.companyId) || isInvitedTo(viewer, authorization)) return true
  return viewer.isSolutionAdmin && authenticatedStatuses.includes(authorization.status)
}
