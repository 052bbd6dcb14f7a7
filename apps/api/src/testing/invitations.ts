import type { Browser } from './browser.js'
import type { TestApp } from './create-test-app.js'
import { tokenFor } from './letters.js'

export const invite = {
  member: 'mutation ($input: InviteUserInput!) { inviteUser(input: $input) { id email role } }',
  authorize:
    'mutation ($input: InviteToAuthorizeInput!) { inviteToAuthorize(input: $input) { id application { id } } }',
}

export const acceptDocument =
  'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { company { id name } role application { id } } }'

export const acceptAsNewUserDocument =
  'mutation ($input: AcceptInvitationAsNewUserInput!) { acceptInvitationAsNewUser(input: $input) }'

/** Invites to act for a company; answers the token of the letter. */
export async function inviteMember(
  world: TestApp,
  admin: Browser,
  input: { companyId: string; email: string; role: 'VIEWER' | 'ADMIN' },
): Promise<string> {
  await admin.data(invite.member, { input })
  return tokenFor(world, input.email, '/invitation')
}

export const goodPassword = 'a hedgehog on the ferry'

/** Accepts with a new account, and signs in with it. */
export async function joinAs(world: TestApp, token: string, signInName: string): Promise<Browser> {
  const input = { token, signInName, displayName: signInName, password: goodPassword }
  await world.browser().data(acceptAsNewUserDocument, { input })
  const browser = world.browser()
  await browser.signIn(signInName, goodPassword)
  return browser
}
