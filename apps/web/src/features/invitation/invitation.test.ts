import { afterEach, expect, it } from 'vitest'
import { acme, anApplication, avery, connectionOf } from '../../testing/builders'
import { type Answers, refusal } from '../../testing/fake-hub'
import { eventually, openPage } from '../../testing/open-page'
import { forgetToken } from './kept-token'

afterEach(forgetToken)

const offer = {
  companyId: 'acme',
  companyName: 'Acme Outfitters',
  email: 'uma@example.com',
  role: 'VIEWER',
  application: null,
  invitedBy: 'Avery Acme',
  expiresAt: '2026-05-20T21:10:00.000Z',
  hasAccount: false,
}
const link = `/invitation#${'t'.repeat(43)}`

const openLink = (overrides: Answers = {}) =>
  openPage(link, { viewer: null, invitation: offer, companies: connectionOf(), ...overrides })

const refuse = (code: string, reason: string) => () => {
  throw refusal(code, reason)
}

async function fillIn(page: ReturnType<typeof openLink>) {
  await page.fill('Your name', 'Uma')
  await page.fill('Sign in name', 'uma')
  await page.fill('Password', 'a long sentence of hers')
  await page.press('Make the account and accept')
}

it('says that an invitation which has expired or was used cannot be, and whom to ask', async () => {
  const page = openLink({ invitation: null })
  await page.sees('This invitation cannot be used.')
  await page.sees('Ask whoever invited you for a new one.')
})

it('says what to do where the link has lost what it carries', async () => {
  const page = openPage('/invitation', { viewer: null })
  await page.sees('Open the link in the letter again')
  expect(page.hub.asked.filter(({ operation }) => operation === 'Invitation')).toEqual([])
})

it('leads to the first field that is empty, and asks the hub for nothing until then', async () => {
  const page = openLink()
  await page.press('Make the account and accept')
  await page.sees('Enter your name.')
  expect(document.activeElement).toBe(await page.field('Your name'))
  expect(page.hub.asked.filter(({ operation }) => operation.startsWith('Accept'))).toEqual([])
})

it('says that a sign in name is taken, with everything still there', async () => {
  const page = openLink({ acceptInvitationAsNewUser: refuse('CONFLICT', 'SIGN_IN_NAME_TAKEN') })
  await fillIn(page)
  await page.sees('Somebody else has this sign in name. Choose another one.')
  expect((await page.field('Sign in name')).value).toBe('uma')
})

it('says so when the invitation ends while one fills in the form', async () => {
  const page = openLink({ acceptInvitationAsNewUser: refuse('NOT_FOUND', 'INVITATION_NOT_USABLE') })
  await fillIn(page)
  await page.sees('This does not exist, or it is not among what you may see.')
})

it('sends who has an account to sign in first', async () => {
  const page = openLink({ invitation: { ...offer, hasAccount: true } })
  await page.follow('Sign in to accept')
  await eventually(() => expect(page.router.currentRoute.value.path).toBe('/sign-in'))
})

it('tells somebody else who is signed in for whom it is, and lets them sign out', async () => {
  const page = openLink({
    viewer: avery,
    invitation: { ...offer, role: null, application: anApplication('RATING') },
    acceptInvitation: refuse('FORBIDDEN', 'INVITATION_FOR_ANOTHER_ADDRESS'),
    company: acme,
    signOut: true,
  })
  await page.press('Accept')
  await page.sees('Your account has another mail address than uma@example.com.')
  expect(page.hasButton('Sign out')).toBe(true)
})
