import { forPeople, type Row, type Verdicts } from './row.js'
import { adminOf, invitationOf, type Owner, type Scene, type Target } from './scene.js'

const admins: Verdicts = { ...forPeople, 'admin of A': { A: 'answer' }, 'admin of B': { B: 'answer' } }

/** Who may look at the company is told that inviting is not theirs; the operator too. */
const invites: Verdicts = {
  ...admins,
  'viewer of A': { A: 'FORBIDDEN' },
  'invitee of A': { A: 'FORBIDDEN' },
  'solution admin': { A: 'FORBIDDEN', B: 'FORBIDDEN' },
}

/** Whoever holds the letter, signed in or not, but no key. What a good token does is shown beside the slice. */
const noKeys: Verdicts = { ...forPeople }
delete noKeys.anonymous

const input = { token: 'A'.repeat(43) }

async function anotherInvitation(scene: Scene, owner: Owner): Promise<Target> {
  const target = scene.targets[owner]
  const invitationId = await invitationOf(scene.browserOf(adminOf[owner]), target.companyId)
  return { ...target, invitationId }
}

export const invitationRows: Readonly<Record<string, Row>> = {
  'Query.invitation': {
    document: 'query ($token: String!) { invitation(token: $token) { companyName } }',
    variables: input,
    verdicts: noKeys,
    otherwise: 'nothing',
  },
  'Mutation.acceptInvitation': {
    document:
      'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { company { id } } }',
    variables: { input },
    verdicts: forPeople,
    otherwise: 'nothing',
  },
  'Mutation.acceptInvitationAsNewUser': {
    document:
      'mutation ($input: AcceptInvitationAsNewUserInput!) { acceptInvitationAsNewUser(input: $input) }',
    variables: {
      input: { ...input, signInName: 'newcomer', displayName: 'New', password: 'a song that nobody sings' },
    },
    verdicts: noKeys,
    otherwise: 'nothing',
  },
  'Mutation.inviteUser': {
    document: 'mutation ($input: InviteUserInput!) { inviteUser(input: $input) { id } }',
    variables: ({ companyId }) => ({ input: { companyId, email: 'invited@example.com', role: 'ADMIN' } }),
    verdicts: invites,
  },
  'Mutation.inviteToAuthorize': {
    document: 'mutation ($input: InviteToAuthorizeInput!) { inviteToAuthorize(input: $input) { id } }',
    variables: ({ companyId }) => ({
      input: { companyId, application: 'RATING', email: 'invited@example.com' },
    }),
    verdicts: invites,
  },
  'Mutation.withdrawInvitation': {
    document: 'mutation ($id: ID!) { withdrawInvitation(id: $id) }',
    variables: ({ invitationId: id }) => ({ id }),
    verdicts: admins,
    ends: anotherInvitation,
  },
}
