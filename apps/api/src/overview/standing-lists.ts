import type { EntityManager, SelectQueryBuilder } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { CompanyList } from '../context.js'
import { oneOf } from '../db/one-of.js'
import type { Viewer } from '../permissions.js'
import { lateShare, soonMs, type Standing } from './standing-policy.js'

export interface Wanted {
  viewer: Viewer
  applicationId: ApplicationId | null
  now: Date
}

/**
 * Companies with an authorization that stands so, in the order of their names. A solution admin looks at all that are
 * authenticated; others, and for what is not authorized everybody, at the companies that they act for.
 */
export function companiesStanding(manager: EntityManager, standing: Standing, wanted: Wanted): CompanyList {
  const { viewer, applicationId } = wanted
  const query = manager
    .createQueryBuilder(AuthorizationEntity, 'listed')
    .select('listed.companyNameKey', 'key')
    .addSelect('listed.companyId', 'id')
    .distinct()
    .where(conditions[standing]('listed'), momentsOf(wanted))
  // As few as there are, instead of one question for each company there is.
  if (standing === 'RUNNING_OUT') query.andWhere(`listed.id IN ${runningOut('1 = 1')}`)
  if (applicationId) query.andWhere('listed.applicationId = :visibleIn', { visibleIn: applicationId })
  if (!viewer.isSolutionAdmin || standing === 'NOT_AUTHORIZED') {
    const own = ownIds(query, 'listed.companyId', viewer)
    query.andWhere(own.condition, own.parameters)
  }
  return { query, key: 'listed.companyNameKey', id: 'listed.companyId' }
}

/** Leaves out the companies that have an authorization which stands in one of these ways. */
export function withoutStanding(
  { query, key, id }: CompanyList,
  those: readonly Standing[],
  wanted: Wanted,
): CompanyList {
  if (those.length === 0) return { query, key, id }
  const { viewer, applicationId } = wanted
  const hands = query
    .subQuery()
    .select('1')
    .from(AuthorizationEntity, 'hand')
    .where(`hand.companyId = ${id}`)
    .andWhere(`(${those.map((each) => `(${conditions[each]('hand')})`).join(' OR ')})`)
  if (applicationId) hands.andWhere('hand.applicationId = :visibleIn')
  // Who was only invited to a company must not learn from its place in the list how its other authorizations stand.
  const own = ownIds(query, 'hand.companyId', viewer)
  if (!viewer.isSolutionAdmin) hands.andWhere(own.condition)
  query.andWhere(`NOT EXISTS ${hands.getQuery()}`, {
    ...momentsOf(wanted),
    ...own.parameters,
    visibleIn: applicationId,
  })
  return { query, key, id }
}

const ownIds = ({ connection }: Pick<SelectQueryBuilder<object>, 'connection'>, id: string, viewer: Viewer) =>
  oneOf(connection, id, { actsFor: [...viewer.companyRoles.keys()] })

const momentsOf = ({ now }: Wanted) => ({ now: now.getTime(), soon: now.getTime() + soonMs })

/** In the words of the indices: with parameters a database could not know that an index is enough. */
const conditions: Record<Standing, (alias: string) => string> = {
  REAUTHORIZATION_REQUIRED: (alias) =>
    `${alias}.status = 'REAUTHORIZATION_REQUIRED' AND ${alias}.withdrawnAt IS NULL`,
  REFRESH_PROBLEM: (alias) =>
    `${alias}.status = 'AUTHORIZED' AND ${alias}.problemSince IS NOT NULL AND ${alias}.withdrawnAt IS NULL`,
  RUNNING_OUT: (alias) => `${stands(alias)} AND EXISTS ${runningOut(`pair."authorizationId" = ${alias}.id`)}`,
  AUTHORIZED: (alias) =>
    `${alias}.status IN ('AUTHORIZED', 'REAUTHORIZATION_REQUIRED') AND ${stands(alias)}
     AND NOT EXISTS ${runningOut(`pair."authorizationId" = ${alias}.id`)}`,
  NOT_AUTHORIZED: (alias) => `${alias}.status = 'NOT_AUTHORIZED' AND ${alias}.withdrawnAt IS NULL`,
}

const stands = (alias: string): string =>
  `${alias}.status = 'AUTHORIZED' AND ${alias}.problemSince IS NULL AND ${alias}.withdrawnAt IS NULL`

/** The rule of `standing-policy.ts`, asked of the database. */
const runningOut = (which: string): string => `(
  SELECT pair."authorizationId" FROM token_sets pair
  WHERE ${which} AND pair."refreshExpiresAt" <= :soon
    AND (pair."refreshExpiresAt" - :now) * ${lateShare.of} <= (pair."refreshExpiresAt" - pair."issuedAt") * ${lateShare.left})`
