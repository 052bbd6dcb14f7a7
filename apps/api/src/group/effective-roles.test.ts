import { expect, it } from 'vitest'
import { effectiveRoles, type CompanyGrant } from './effective-roles.js'

const grant = (companyId: string, role: CompanyGrant['role']): CompanyGrant => ({ companyId, role })

it('counts the higher role per company, in whatever order the grants come', () => {
  const grants = [grant('a', 'VIEWER'), grant('a', 'ADMIN'), grant('b', 'VIEWER'), grant('b', 'VIEWER')]
  const expected = new Map([
    ['a', 'ADMIN'],
    ['b', 'VIEWER'],
  ])
  expect(effectiveRoles(grants)).toEqual(expected)
  expect(effectiveRoles(grants.reverse())).toEqual(expected)
})

it('gives nothing where nothing was granted', () => {
  expect(effectiveRoles([])).toEqual(new Map())
})
