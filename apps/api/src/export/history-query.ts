import { applicationIds, type ApplicationId } from '../application/applications.js'
import { exportErrors } from './export.errors.js'
import type { HistoryWish } from './history.service.js'

const id = /^[\w-]{1,64}$/

/** As with the trail: what is not understood is refused, rather than to give more than was asked for. */
export function historyWishOf(query: Record<string, unknown>): Omit<HistoryWish, 'format'> {
  const { companyId, application = '', ...rest } = query
  const isUnderstood =
    typeof companyId === 'string' &&
    id.test(companyId) &&
    (application === '' || applicationIds.includes(application as ApplicationId)) &&
    Object.keys(rest).length === 0
  if (!isUnderstood) throw exportErrors.HISTORY_FILTER_NOT_VALID()
  return { companyId, application: (application || null) as ApplicationId | null }
}
