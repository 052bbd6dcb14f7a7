import type { AuditFilter } from '../audit-trail/audit-filter.js'
import { AuditEventNameEnum } from '../audit-trail/audit-trail.type.js'
import { applicationIds, type ApplicationId } from '../application/applications.js'
import {
  auditEventNames,
  auditResults,
  type AuditEventName,
  type AuditResult,
} from '../audit/audit-events.js'
import { exportErrors } from './export.errors.js'

const id = /^[\w-]{1,64}$/
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** The filter of the page, as it stands in the address of its file. What is not understood is refused: a file that holds more than was asked for is worse than none. */
export function filterOf(query: Record<string, unknown>): AuditFilter {
  const filter: AuditFilter = {}
  for (const [name, value] of Object.entries(query)) {
    if (typeof value !== 'string') throw exportErrors.EXPORT_FILTER_NOT_VALID()
    if (value !== '') Object.assign(filter, { [name]: read(name, value) })
  }
  return filter
}

function read(name: string, value: string): AuditFilter[keyof AuditFilter] {
  switch (name) {
    case 'companyId':
    case 'actorId':
      if (id.test(value)) return value
      break
    case 'application':
      if (applicationIds.includes(value as ApplicationId)) return value as ApplicationId
      break
    case 'result':
      if (auditResults.includes(value as AuditResult)) return value as AuditResult
      break
    case 'names': {
      const names = value.split(',').map((each) => AuditEventNameEnum[each] ?? (each as AuditEventName))
      if (names.every((each) => auditEventNames.includes(each))) return names
      break
    }
    case 'from':
    case 'to':
      if (moment.test(value) && !Number.isNaN(Date.parse(value))) return new Date(value)
      break
  }
  throw exportErrors.EXPORT_FILTER_NOT_VALID()
}
