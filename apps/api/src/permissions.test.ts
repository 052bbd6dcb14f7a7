import { expect, it } from 'vitest'
import { actions, can, roles, type Role, type Viewer } from './permissions.js'

const company = 'company-1'

function viewerAs(role: Role): Viewer {
  return {
    userId: 'user-1',
    isSolutionAdmin: role === 'SOLUTION_ADMIN',
    companyRoles: new Map(role === 'VIEWER' || role === 'ADMIN' ? [[company, role]] : []),
  }
}

it('grants each role exactly the actions of this table', () => {
  const table = actions.map((action) =>
    [
      action.padEnd(20),
      ...roles.map((role) => (can(viewerAs(role), action, company) ? 'yes' : '-').padEnd(5)),
    ]
      .join(' ')
      .trimEnd(),
  )
  expect(['action               SIGNED_IN VIEWER ADMIN SOLUTION_ADMIN', ...table].join('\n')).toBe(
    `
action               SIGNED_IN VIEWER ADMIN SOLUTION_ADMIN
company.view         -     yes   yes   yes
company.create       yes   yes   yes   yes
company.import       -     -     -     yes
company.update       -     -     yes   yes
company.remove       -     -     yes   yes
company.enrol        -     -     yes   yes
company.withdraw     -     -     yes   yes
authorization.view   -     yes   yes   yes
authorization.begin  -     -     yes   -
authorization.end    -     -     yes   -
authorization.check  -     -     yes   yes
apiClient.view       -     -     yes   yes
apiClient.giveStatus -     -     yes   yes
apiClient.giveTokens -     -     yes   -
apiClient.withdraw   -     -     yes   yes
member.view          -     yes   yes   yes
member.viewEmail     -     -     yes   -
member.change        -     -     yes   -
group.create         yes   yes   yes   yes
group.manage         -     -     yes   -
audit.view           -     -     yes   yes
audit.viewSolution   -     -     -     yes
user.disable         -     -     -     yes
`.trim(),
  )
})

it('gives the admin of one company nothing in another', () => {
  const admin = viewerAs('ADMIN')
  expect(actions.filter((action) => can(admin, action, 'company-2'))).toEqual([
    'company.create',
    'group.create',
  ])
})
