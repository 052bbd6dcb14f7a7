import { companyRoles, type CompanyRole } from '../permissions.js'

export interface CompanyGrant {
  companyId: string
  role: CompanyRole
}

/** Memberships and what groups give add up: per company the higher role counts, whichever way it came. Pure. */
export function effectiveRoles(grants: Iterable<CompanyGrant>): Map<string, CompanyRole> {
  const roles = new Map<string, CompanyRole>()
  for (const { companyId, role } of grants) {
    const known = roles.get(companyId)
    if (!known || companyRoles.indexOf(role) > companyRoles.indexOf(known)) roles.set(companyId, role)
  }
  return roles
}
