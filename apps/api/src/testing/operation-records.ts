import type { LightMyRequestResponse } from 'fastify'
import type { AuditEventName } from '../audit/audit-events.js'
import { demoPassword } from '../demo.seed.js'
import { asApiClient, createApiClient } from './api-client.js'
import type { Browser } from './browser.js'
import { invite, inviteMember } from './invitations.js'
import { tokenFor } from './letters.js'
import { memberOf, type CallerName, type Scene, type Target } from './object-matrix/scene.js'
import { rows } from './object-matrix/rows.js'
import { signInAs } from './people.js'

/** Who asks, and for what where the row of the object matrix would not succeed. */
interface Asked {
  by: { post(body: string): Promise<LightMyRequestResponse> }
  variables?: object
  apiClientId?: string
}

export interface OperationRecord {
  event: AuditEventName
  /** Whom the record names; null for nobody known. */
  person: string | null
  about: 'nothing' | 'company' | 'application' | 'Consumer Returns' | 'answered company'
  /** `target` is what the row of the object matrix names, of company A. */
  asks: CallerName | ((scene: Scene, target: Target) => Asked | Promise<Asked>)
}

const input = (input: object): { variables: object } => ({ variables: { input } })
const password = 'a song that nobody sings'

const byAdmin = (event: AuditEventName, about: OperationRecord['about'] = 'company'): OperationRecord => ({
  event,
  about,
  person: 'acme.admin',
  asks: 'admin of A',
})

const byAdminWith = (
  event: AuditEventName,
  prepare: (scene: Scene, target: Target, admin: Browser) => object | Promise<object>,
): OperationRecord => ({
  ...byAdmin(event),
  asks: async (scene, target) => {
    const by = scene.browserOf('admin of A')
    return { by, ...input(await prepare(scene, target, by)) }
  },
})

const byOperator = (event: AuditEventName): OperationRecord => ({
  event,
  person: 'solution.admin',
  about: 'nothing',
  asks: 'solution admin',
})

type Prepare = (scene: Scene, person: Browser, email: string) => Promise<object> | object

/** Somebody who has nothing to do with the companies of the scene, so that nobody else of it is affected. */
const bySomebody = (event: AuditEventName, signInName: string, prepare?: Prepare): OperationRecord => ({
  event,
  person: signInName,
  about: 'nothing',
  asks: async (scene) => {
    const email = `${signInName}@example.com`
    const by = await signInAs(scene.world, { signInName, email })
    return { by, ...(prepare && { variables: await prepare(scene, by, email) }) }
  },
})

/** Not signed in: what names the person is an address or a link. */
const bySomebodyOutside = (...args: Parameters<typeof bySomebody>): OperationRecord => {
  const record = bySomebody(...args)
  return {
    ...record,
    asks: async (scene, target) => {
      const asked = typeof record.asks === 'function' ? await record.asks(scene, target) : undefined
      return { ...asked, by: scene.world.browser() }
    },
  }
}

const ask = (browser: Browser, name: string, variables?: object) =>
  browser.data(rows[`Mutation.${name}`]?.document ?? '', variables)

const newcomer = (signInName: string) => ({
  signInName,
  displayName: 'New Comer',
  email: `${signInName}@example.com`,
  password,
})

interface Sessions {
  viewer: { sessions: { edges: { node: { id: string; isCurrent: boolean } }[] } }
}

async function sessionIdOf(browser: Browser): Promise<string> {
  const { viewer } = await browser.data<Sessions>(
    '{ viewer { sessions { edges { node { id isCurrent } } } } }',
  )
  return viewer.sessions.edges.find(({ node }) => node.isCurrent)?.node.id ?? ''
}

let members = 0
const newMember = ({ world }: Scene, { companyId }: Target): Promise<string> => {
  members += 1
  return memberOf(world, `one.more.member.${members}`, companyId)
}

/** By mutation, in the order in which they are asked for: what takes something away comes last. */
export const operationRecords: Readonly<Record<string, OperationRecord>> = {
  signUp: { event: 'account.sign_up_requested', person: null, about: 'nothing', asks: 'anonymous' },
  confirmSignUp: {
    event: 'account.signed_up',
    person: 'confirmed',
    about: 'nothing',
    asks: async ({ world }) => {
      const person = newcomer('confirmed')
      await ask(world.browser(), 'signUp', { input: person })
      const token = await tokenFor(world, person.email, '/confirm-sign-up')
      return { by: world.browser(), ...input({ token }) }
    },
  },
  // Whoever knows the address may have been it.
  requestPasswordReset: {
    ...bySomebodyOutside('account.password_reset_requested', 'forgetful', (_scene, _person, email) => ({
      input: { email },
    })),
    person: null,
  },
  resetPassword: bySomebodyOutside(
    'account.password_reset',
    'more.forgetful',
    async ({ world }, _person, email) => {
      await ask(world.browser(), 'requestPasswordReset', { input: { email } })
      return { input: { token: await tokenFor(world, email, '/reset-password'), password } }
    },
  ),
  changeEmail: bySomebody('account.email_change_requested', 'mover', () => ({
    input: { email: 'moved@example.com' },
  })),
  confirmEmail: bySomebodyOutside('account.email_changed', 'second.mover', async ({ world }, person) => {
    const email = 'moved.as.well@example.com'
    await ask(person, 'changeEmail', { input: { email } })
    return { input: { token: await tokenFor(world, email, '/confirm-email') } }
  }),
  setUp: {
    event: 'installation.set_up',
    person: 'operator',
    about: 'nothing',
    asks: async ({ world }) => ({
      by: world.browser(),
      ...input({ ...newcomer('operator'), code: await world.app.services.setUps.newCode() }),
    }),
  },
  signIn: {
    event: 'session.began',
    person: 'acme.admin',
    about: 'nothing',
    asks: ({ world }) => ({
      by: world.browser(),
      ...input({ signInName: 'acme.admin', password: demoPassword }),
    }),
  },
  reauthenticate: bySomebody('session.reauthenticated', 'careful'),
  changePassword: bySomebody('account.password_changed', 'secretive', () => ({ input: { password } })),
  changeNoticePreferences: bySomebody('notice.preferences_changed', 'choosy'),
  // The trail names people by what they are called now.
  changeSignInName: {
    ...bySomebody('account.sign_in_name_changed', 'renamed.soon', () => ({
      input: { signInName: 'renamed' },
    })),
    person: 'renamed',
  },
  changeDisplayName: bySomebody('account.display_name_changed', 'married', () => ({
    input: { displayName: 'Mary Ed' },
  })),
  endSession: {
    event: 'session.ended',
    person: 'viewer.of.A',
    about: 'nothing',
    asks: async ({ world, browserOf }) => {
      const id = await sessionIdOf(await world.as('viewer.of.A'))
      const by = browserOf('viewer of A')
      return { by: { post: (body) => by.post(body.replace(endedByNobody, id)) } }
    },
  },
  endOtherSessions: {
    event: 'session.ended',
    person: 'viewer.of.A',
    about: 'nothing',
    asks: async ({ world, browserOf }) => {
      await world.as('viewer.of.A')
      return { by: browserOf('viewer of A') }
    },
  },
  createCompany: byAdmin('company.created', 'answered company'),
  updateCompany: byAdmin('company.updated'),
  inviteUser: byAdmin('invitation.sent'),
  inviteToAuthorize: byAdmin('invitation.sent', 'application'),
  withdrawInvitation: byAdmin('invitation.withdrawn'),
  acceptInvitation: {
    event: 'invitation.accepted',
    person: 'invited',
    about: 'application',
    asks: async ({ world, browserOf }, { companyId }) => {
      const email = 'invited.once@example.com'
      const by = await signInAs(world, { signInName: 'invited', email })
      await browserOf('admin of A').data(invite.authorize, {
        input: { companyId, application: 'RATING', email },
      })
      return { by, ...input({ token: await tokenFor(world, email, '/invitation') }) }
    },
  },
  acceptInvitationAsNewUser: {
    event: 'invitation.accepted',
    person: 'joined',
    about: 'company',
    asks: async ({ world, browserOf }, { companyId }) => {
      const { email, ...person } = newcomer('joined')
      const admin = browserOf('admin of A')
      const token = await inviteMember(world, admin, { companyId, email, role: 'VIEWER' })
      return { by: world.browser(), ...input({ ...person, token }) }
    },
  },
  changeMemberRole: byAdminWith('membership.role_changed', (_scene, { companyId, memberId: userId }) => ({
    companyId,
    userId,
    role: 'ADMIN',
  })),
  removeMember: byAdmin('membership.ended'),
  createGroup: byAdmin('group.created', 'nothing'),
  renameGroup: byAdmin('group.renamed'),
  changeGroupRole: byAdmin('group.role_changed'),
  addGroupMember: byAdminWith('group.member_added', async (scene, target) => ({
    groupId: target.groupId,
    userId: await newMember(scene, target),
  })),
  removeGroupMember: byAdmin('group.member_removed'),
  leaveGroup: { ...byAdmin('group.member_removed'), person: 'viewer.of.A', asks: 'viewer of A' },
  addGroupCompany: byAdminWith('group.company_added', async (_scene, { companyId }, admin) => {
    const { createGroup } = await admin.data<{ createGroup: { id: string } }>(
      'mutation { createGroup(input: { name: "Empty", role: VIEWER }) { id } }',
    )
    return { groupId: createGroup.id, companyId }
  }),
  removeGroupCompany: byAdmin('group.company_removed'),
  deleteGroup: byAdmin('group.deleted'),
  createApiClient: byAdmin('api_client.granted', 'application'),
  grantApiClient: {
    ...byAdminWith('api_client.granted', (_scene, { apiClientId, companyId }) => ({
      apiClientId,
      companyId,
      applications: ['RATING'],
      scopes: ['TOKEN_READ'],
    })),
    about: 'application',
  },
  rotateApiClientKey: byAdmin('api_client.key_rotated'),
  revokeApiClientKey: byAdmin('api_client.key_revoked'),
  setApiClientAddresses: byAdmin('api_client.addresses_changed'),
  pauseApiClient: byAdmin('api_client.paused'),
  resumeApiClient: byAdmin('api_client.resumed'),
  createWebhookEndpoint: byAdmin('webhook.endpoint_created'),
  updateWebhookEndpoint: byAdmin('webhook.endpoint_changed'),
  rotateWebhookSecret: byAdmin('webhook.secret_rotated'),
  sendTestEvent: byAdmin('webhook.tested'),
  replayEvents: byAdmin('webhook.events_replayed'),
  removeWebhookEndpoint: byAdmin('webhook.endpoint_removed'),
  withdrawApiClientGrant: byAdmin('api_client.grant_withdrawn', 'application'),
  revokeApiClient: byAdmin('api_client.revoked'),
  issueAccessToken: {
    event: 'tokens.handed_out',
    person: null,
    about: 'application',
    asks: async ({ world, browserOf }, { companyId }) => {
      const { key, apiClient } = await createApiClient(browserOf('admin of A'), { companyIds: [companyId] })
      return { by: asApiClient(world, key), apiClientId: apiClient.id }
    },
  },
  updateLicenseKey: byAdmin('license_key.updated', 'Consumer Returns'),
  removeLicenseKey: byAdmin('license_key.removed', 'Consumer Returns'),
  beginOptIn: byAdmin('authorization.begun', 'application'),
  refreshToken: byAdmin('authorization.refresh_requested', 'application'),
  optOut: byAdmin('authorization.opted_out', 'application'),
  withdrawCompany: byAdmin('company.withdrew', 'application'),
  // In what it has just been withdrawn from.
  enrolCompany: byAdmin('company.enrolled', 'application'),
  removeCompany: byAdmin('company.removed'),
  endSessionsOf: byOperator('user.sessions_ended'),
  disableUser: byOperator('user.disabled'),
  enableUser: byOperator('user.enabled'),
  eraseUser: byOperator('person.erased'),
  signOut: bySomebody('session.ended', 'leaver'),
  // Its pseudonym leads to nobody any more, and where they were is forgotten with them.
  eraseMyAccount: { ...bySomebody('person.erased', 'tired'), person: null },
}

/** What the row of the object matrix has instead of an id. */
const endedByNobody = 'another person’s or none'
