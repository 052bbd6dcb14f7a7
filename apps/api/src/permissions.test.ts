import { expect, it } from 'vitest'
import { actions, can, canInApplication, isInvitedTo, roles, type Role, type Viewer } from './permissions.js'

const company = 'company-1'
const which = { companyId: company, applicationId: 'RATING' } as const

function viewerAs(role: Role): Viewer {
  return {
    userId: 'user-1',
    isSolutionAdmin: role === 'SOLUTION_ADMIN',
    companyRoles: new Map(role === 'VIEWER' || role === 'ADMIN' ? [[company, role]] : []),
    mayAuthorize: role === 'INVITED' ? [{ ...which, isUsed: false }] : [],
  }
}

it('grants each role exactly the actions of this table', () => {
  const table = actions.map((action) =>
    [
      action.padEnd(20),
      ...roles.map((role) =>
        (canInApplication(viewerAs(role), action, which) ? 'yes' : '-').padEnd(role.length),
      ),
    ]
      .join(' ')
      .trimEnd(),
  )
  expect([`action               ${roles.join(' ')}`, ...table].join('\n')).toBe(
    `
action               SIGNED_IN INVITED VIEWER ADMIN SOLUTION_ADMIN
company.view         -         -       yes    yes   yes
company.create       yes       yes     yes    yes   yes
company.import       -         -       -      -     yes
company.update       -         -       -      yes   yes
company.remove       -         -       -      yes   yes
company.enrol        -         -       -      yes   yes
company.withdraw     -         -       -      yes   yes
authorization.view   -         -       yes    yes   yes
authorization.begin  -         yes     -      yes   -
authorization.end    -         -       -      yes   -
authorization.check  -         -       -      yes   yes
apiClient.view       -         -       -      yes   yes
apiClient.giveStatus -         -       -      yes   yes
apiClient.giveTokens -         -       -      yes   -
apiClient.withdraw   -         -       -      yes   yes
licenseKey.change    -         -       -      yes   -
salesOrder.view      -         -       yes    yes   yes
salesOrder.import    -         -       -      yes   -
member.view          -         -       yes    yes   yes
member.viewEmail     -         -       -      yes   -
member.change        -         -       -      yes   -
member.invite        -         -       -      yes   -
member.inviteFirst   -         -       -      -     yes
group.create         yes       yes     yes    yes   yes
group.manage         -         -       -      yes   -
audit.view           -         -       -      yes   yes
audit.viewSolution   -         -       -      -     yes
alarm.view           -         -       -      -     yes
user.list            -         -       -      -     yes
user.disable         -         -       -      -     yes
user.erase           -         -       -      -     yes
`.trim(),
  )
})

it('lets who was invited to authorize one application begin nothing in another, nor twice', () => {
  const invited = viewerAs('INVITED')
  const begun = (viewer: Viewer, other: object = {}) =>
    canInApplication(viewer, 'authorization.begin', { ...which, ...other })
  expect(begun(invited)).toBe(true)
  expect(begun(invited, { applicationId: 'PICKUP_MANAGER' })).toBe(false)
  expect(begun(invited, { companyId: 'company-2' })).toBe(false)
  expect(can(invited, 'authorization.begin', company)).toBe(false)
  const used = { ...invited, mayAuthorize: [{ ...which, isUsed: true }] }
  expect([begun(used), isInvitedTo(used, which)]).toEqual([false, true])
})

it('gives the admin of one company nothing in another', () => {
  const admin = viewerAs('ADMIN')
  expect(actions.filter((action) => can(admin, action, 'company-2'))).toEqual([
    'company.create',
    'group.create',
  ])
})
