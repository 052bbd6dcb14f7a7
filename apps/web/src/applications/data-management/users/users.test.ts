import { expect, it } from 'vitest'
import { acme, aHub, anApplication, anAuthorization, avery, connectionOf } from '../../../testing/builders'
import { type Answers, refusal } from '../../../testing/fake-hub'
import { eventually, openPage } from '../../../testing/open-page'

const vera = { id: 'vera', displayName: 'Vera Viewer', signInName: 'vera' }
const memberOf = (user: object, role: string) => ({ user, role, directRole: role, groups: [] })

const openUsers = (overrides: Answers = {}, company: object = {}) =>
  openPage(
    '/applications/data-management/users?company=acme',
    aHub(anAuthorization({ application: 'DATA_MANAGEMENT' }), {
      company: {
        ...acme,
        authorizations: [{ id: 'rating', application: anApplication('RATING') }],
        members: connectionOf(memberOf(avery, 'ADMIN'), memberOf(vera, 'VIEWER')),
        invitations: connectionOf(),
        ...company,
      },
      ...overrides,
    }),
  )

const button = (label: string) =>
  eventually(() => {
    const found = document.querySelector<HTMLElement>(`button[aria-label="${label}"]`)
    if (!found) throw new Error(`there is no button ${label}`)
    return found
  })

it('says why a role could not be changed, and shows it as it is', async () => {
  const changeMemberRole = () => {
    throw refusal('CONFLICT', 'LAST_ADMIN_STAYS')
  }
  const page = openUsers({ changeMemberRole })
  ;(await button('Make Avery Acme a viewer')).click()
  await page.sees('A company needs an admin of its own, and this is the last one.')
  page.doesNotSee('Request id')
  await button('Make Avery Acme a viewer')
})

it('keeps the question open while the hub refuses to remove somebody, and gives the focus back after Cancel', async () => {
  const removeMember = () => {
    throw refusal('CONFLICT', 'SOMETHING_ELSE')
  }
  const page = openUsers({ removeMember })
  const remove = await button('Remove Vera Viewer')
  remove.focus()
  remove.click()
  const question = await eventually(() => {
    const found = document.querySelector<HTMLElement>('[role=alertdialog]')
    if (!found) throw new Error('nothing is asked')
    return found
  })
  await page.sees('Shall Vera Viewer no longer act for Acme Outfitters?')
  question.querySelector<HTMLElement>('.dialog-actions button:last-child')?.click()
  await page.sees('This has changed in the meantime.')
  await page.sees('request-1')
  question.querySelector<HTMLElement>('.dialog-actions button')?.click()
  await eventually(() => expect(document.activeElement).toBe(remove))
  await page.sees('Vera Viewer')
})

it('tells that somebody acts for the company already, with what was written still there', async () => {
  const inviteUser = () => {
    throw refusal('CONFLICT', 'ALREADY_A_MEMBER')
  }
  const page = openUsers({ inviteUser })
  await page.press('Invite a user')
  await page.press('Send the invitation')
  await page.sees('Enter a mail address.')
  await page.fill('Mail address', 'nobody at all')
  await page.press('Send the invitation')
  await page.sees('This is not a mail address.')
  expect(document.activeElement).toBe(await page.field('Mail address'))
  expect(page.hub.asked.filter(({ operation }) => operation === 'InviteUser')).toEqual([])
  await page.fill('Mail address', 'vera@acme.example')
  await page.press('Send the invitation')
  await page.sees('Somebody with this mail address acts for the company already.')
  expect((await page.field('Mail address')).value).toBe('vera@acme.example')
})

it('says of each list that it is empty', async () => {
  const page = openUsers({}, { members: connectionOf() })
  await page.sees('Nobody yet.')
  await page.sees('Nobody is invited at present.')
})

it('says why an invitation could not be withdrawn', async () => {
  const invitation = {
    id: 'open',
    email: 'uma@example.com',
    role: 'VIEWER',
    application: null,
    acceptedBy: null,
    expiresAt: '2026-05-20T21:10:00.000Z',
  }
  const withdrawInvitation = () => {
    throw refusal('NOT_FOUND', 'INVITATION_NOT_FOUND')
  }
  const page = openUsers({ withdrawInvitation }, { invitations: connectionOf(invitation) })
  ;(await button('Withdraw the invitation of uma@example.com')).click()
  await page.sees('This does not exist, or it is not among what you may see.')
})

it('lets a viewer read, and offers nothing that would be refused', async () => {
  const viewer = { ...avery, memberships: [{ role: 'VIEWER', company: acme }] }
  const page = openUsers({ viewer })
  await page.sees('Only an admin of this company can invite people and change what they may do.')
  expect(page.hasButton('Invite a user')).toBe(false)
  expect(document.querySelector('button[aria-label^="Remove"]')).toBeNull()
  await button('Leave this company')
})
