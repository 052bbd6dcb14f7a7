import { describe, expect, it } from 'vitest'
import {
  acme,
  aHub,
  anApplication,
  anAuthorization,
  avery,
  companiesOf,
  connectionOf,
} from '../../testing/builders'
import { refusal } from '../../testing/fake-hub'
import { eventually, openPage } from '../../testing/open-page'

const vera = { id: 'vera', displayName: 'Vera Viewer', signInName: 'vera' }
const members = connectionOf(
  { user: avery, role: 'ADMIN', directRole: 'ADMIN', groups: [] },
  { user: vera, role: 'VIEWER', directRole: 'VIEWER', groups: [] },
)
const group = {
  id: 'desk',
  name: 'Shipping desk',
  role: 'VIEWER',
  isManageable: true,
  members: connectionOf(),
  companies: connectionOf(),
  peopleToAdd: connectionOf(vera),
  companiesToAdd: connectionOf(acme),
}

/** A hub that wants the password once before it does any of these. */
function wantsPasswordBefore(...acts: string[]) {
  let isFresh = false
  const act = () => {
    if (!isFresh) throw refusal('FORBIDDEN', 'FRESH_AUTHENTICATION_REQUIRED')
    return { id: 'done' }
  }
  return aHub(anAuthorization({ application: 'DATA_MANAGEMENT' }), {
    companies: companiesOf([{ ...acme, authorizations: [], members } as typeof acme]),
    company: {
      ...acme,
      authorizations: [{ id: 'rating', application: anApplication('RATING') }],
      members,
      invitations: connectionOf(),
    },
    groups: connectionOf(group),
    group,
    reauthenticate: () => (isFresh = true),
    ...Object.fromEntries(acts.map((name) => [name, act])),
  })
}

type Page = ReturnType<typeof openPage>

const timesAsked = (page: Page, operation: string) =>
  page.hub.asked.filter((one) => one.operation === operation).length

async function givePassword(page: Page, operation: string) {
  await page.fill('Password', 'right')
  expect(timesAsked(page, operation)).toBe(1)
  await page.press('Go on')
  await eventually(() => expect(timesAsked(page, operation)).toBe(2))
  await eventually(() => expect(page.hasButton('Go on')).toBe(false))
}

describe('where the password was given a while ago', () => {
  it('an invitation asks for it and then goes out', async () => {
    const page = openPage('/applications/data-management/users', wantsPasswordBefore('inviteUser'))
    await page.press('Invite a user')
    await page.fill('Mail address', 'uma@example.com')
    await page.press('Send the invitation')
    await givePassword(page, 'InviteUser')
    await eventually(() => expect(page.hasButton('Send the invitation')).toBe(false))
  })

  it('an invitation to authorize asks for it and then goes out', async () => {
    const page = openPage('/applications/data-management/users', wantsPasswordBefore('inviteToAuthorize'))
    await page.press('Invite a user')
    await page.fill('Mail address', 'uma@example.com')
    const radio = await eventually(() => document.querySelector<HTMLElement>('input[value=AUTHORIZE]'))
    radio?.click()
    await page.press('Send the invitation')
    await givePassword(page, 'InviteToAuthorize')
  })

  it('an invitation is kept as it was written by who would rather not give it', async () => {
    const page = openPage('/applications/data-management/users', wantsPasswordBefore('inviteUser'))
    await page.press('Invite a user')
    await page.fill('Mail address', 'uma@example.com')
    await page.press('Send the invitation')
    const cancel = await eventually(() => {
      const dialog = document.getElementById('reauthentication')?.closest('[role=dialog]')
      const found = [...(dialog?.querySelectorAll('button') ?? [])].find(
        (one) => one.textContent.trim() === 'Cancel',
      )
      if (!found) throw new Error('nobody asks for the password')
      return found
    })
    cancel.click()
    await eventually(() => expect(page.hasButton('Go on')).toBe(false))
    expect((await page.field('Mail address')).value).toBe('uma@example.com')
    expect(timesAsked(page, 'InviteUser')).toBe(1)
  })

  it('making somebody an admin asks for it', async () => {
    const page = openPage('/applications/data-management/users', wantsPasswordBefore('changeMemberRole'))
    await page.press('Make admin')
    await givePassword(page, 'ChangeMemberRole')
    await page.sees('Vera Viewer is now Admin.')
  })

  it('putting a person into a group asks for it', async () => {
    const page = openPage('/applications/data-management/groups', wantsPasswordBefore('addGroupMember'))
    await page.press('Add a person')
    await page.press('Add')
    await givePassword(page, 'AddGroupMember')
  })

  it('putting a company into a group asks for it', async () => {
    const page = openPage('/applications/data-management/groups', wantsPasswordBefore('addGroupCompany'))
    await page.press('Add a company')
    await page.press('Add')
    await givePassword(page, 'AddGroupCompany')
  })

  it('changing what a group gives asks for it', async () => {
    const hub = wantsPasswordBefore('changeGroupRole')
    const page = openPage('/applications/data-management/groups', { ...hub, renameGroup: { id: 'desk' } })
    await page.press('Change')
    await page.press('Save')
    await givePassword(page, 'ChangeGroup')
    await eventually(() => expect(page.hasButton('Save')).toBe(false))
  })
})
