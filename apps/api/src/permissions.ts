import type { ApplicationId } from './application/applications.js'

/** Every right of the hub, as one table. Pure: who the viewer is was read from the database for this request. */
export const companyRoles = ['VIEWER', 'ADMIN'] as const
export type CompanyRole = (typeof companyRoles)[number]

export const actions = [
  'company.view',
  'company.create',
  'company.import',
  'company.update',
  'company.remove',
  'company.enrol',
  'company.withdraw',
  'authorization.view',
  'authorization.begin',
  'authorization.end',
  'authorization.check',
  'apiClient.view',
  'apiClient.giveStatus',
  'apiClient.giveTokens',
  'apiClient.withdraw',
  'licenseKey.change',
  'salesOrder.view',
  'salesOrder.import',
  'member.view',
  'member.viewEmail',
  'member.change',
  'member.invite',
  'member.inviteFirst',
  'group.create',
  'group.manage',
  'audit.view',
  'audit.viewSolution',
  'alarm.view',
  'user.list',
  'user.disable',
  'user.erase',
] as const
export type Action = (typeof actions)[number]

/**
 * A company role holds for its company, SOLUTION_ADMIN for every company that may be seen, SIGNED_IN for everybody.
 * INVITED is who was asked to authorize one application for one company, and only in that.
 */
export const roles = ['SIGNED_IN', 'INVITED', ...companyRoles, 'SOLUTION_ADMIN'] as const
export type Role = (typeof roles)[number]

/** What somebody was invited to authorize. Used up, it is still seen for the rest of its days, and begins nothing. */
export interface MayAuthorize extends CompanyInApplication {
  readonly isUsed: boolean
}

export interface CompanyInApplication {
  readonly companyId: string
  readonly applicationId: ApplicationId
}

export interface Viewer {
  readonly userId: string
  readonly isSolutionAdmin: boolean
  readonly companyRoles: ReadonlyMap<string, CompanyRole>
  readonly mayAuthorize: readonly MayAuthorize[]
}

const viewing: readonly Action[] = ['company.view', 'authorization.view', 'salesOrder.view', 'member.view']

export const rights: Readonly<Record<Role, readonly Action[]>> = {
  SIGNED_IN: ['company.create', 'group.create'],
  INVITED: ['authorization.begin'],
  VIEWER: viewing,
  ADMIN: [
    ...viewing,
    'company.update',
    'company.remove',
    'company.enrol',
    'company.withdraw',
    'authorization.begin',
    'authorization.end',
    'authorization.check',
    'apiClient.view',
    'apiClient.giveStatus',
    'apiClient.giveTokens',
    'apiClient.withdraw',
    'licenseKey.change',
    'salesOrder.import',
    'member.viewEmail',
    'member.change',
    'member.invite',
    'group.manage',
    'audit.view',
  ],
  // Consent and tokens are the company's to give and to end; an operator looks, repairs and cleans up.
  SOLUTION_ADMIN: [
    ...viewing,
    'company.create',
    'company.import',
    'company.update',
    'company.remove',
    'company.enrol',
    'company.withdraw',
    'authorization.check',
    'apiClient.view',
    'apiClient.giveStatus',
    'apiClient.withdraw',
    'audit.view',
    'audit.viewSolution',
    'alarm.view',
    'user.list',
    'user.disable',
    'member.inviteFirst',
    'user.erase',
  ],
}

/** Deny by default. Whether a solution admin may see this company at all is asked of `visible-companies.ts` first. */
export function can(viewer: Viewer, action: Action, companyId?: string): boolean {
  return rolesOf(viewer, companyId).some((role) => rights[role].includes(action))
}

/** As `can`, of one application: there an invitation to authorize counts as well. */
export function canInApplication(viewer: Viewer, action: Action, which: CompanyInApplication): boolean {
  const isInvited = viewer.mayAuthorize.some((right) => !right.isUsed && isSame(right, which))
  return can(viewer, action, which.companyId) || (isInvited && rights.INVITED.includes(action))
}

const isSame = (one: CompanyInApplication, other: CompanyInApplication): boolean =>
  one.companyId === other.companyId && one.applicationId === other.applicationId

/** Whether the viewer sees this company in this application for an invitation, if for nothing else. */
export function isInvitedTo(viewer: Viewer, which: CompanyInApplication): boolean {
  return viewer.mayAuthorize.some((right) => isSame(right, which))
}

function rolesOf(viewer: Viewer, companyId: string | undefined): Role[] {
  const companyRole = companyId === undefined ? undefined : viewer.companyRoles.get(companyId)
  return [
    'SIGNED_IN',
    ...(companyRole ? [companyRole] : []),
    ...(viewer.isSolutionAdmin ? (['SOLUTION_ADMIN'] as const) : []),
  ]
}
