import { computed } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import type { InvitationQuery } from '../../graphql/generated/graphql'
import { useAnswer } from '../../graphql/use-answer'
import { useVerb } from '../../graphql/use-verb'
import { useSession } from '../session/use-session'
import { forgetToken } from './kept-token'
import { refusals } from './words'

export type Offer = NonNullable<InvitationQuery['invitation']>

const invitationQuery = graphql(`
  query Invitation($token: String!) {
    invitation(token: $token) {
      companyId
      companyName
      email
      role
      application {
        id
        name
      }
      invitedBy
      expiresAt
      hasAccount
    }
  }
`)

const acceptMutation = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      company {
        id
      }
    }
  }
`)

const joinMutation = graphql(`
  mutation AcceptInvitationAsNewUser($input: AcceptInvitationAsNewUserInput!) {
    acceptInvitationAsNewUser(input: $input)
  }
`)

/** What the link of a letter promises, and taking it: as who is signed in, or with a new account. */
export function useInvitation(token: string | null) {
  const session = useSession()
  const { result, isLoading, failure } = useAnswer(
    invitationQuery,
    { token: token ?? '' },
    { enabled: token !== null, fetchPolicy: 'network-only' },
  )
  const accepting = useVerb(acceptMutation)
  const joining = useVerb(joinMutation, refusals)

  async function accept(): Promise<boolean> {
    if (!(await accepting.run({ input: { token: token ?? '' } }))) return false
    forgetToken()
    await session.refresh()
    return true
  }

  /** Signed in at once: the password is at hand, and the address was proven by the link. */
  async function join(person: { signInName: string; displayName: string; password: string }) {
    if (!(await joining.run({ input: { token: token ?? '', ...person } }))) return false
    forgetToken()
    const { signInName, password } = person
    joining.failure.value = await session.signIn({ signInName, password })
    return joining.failure.value === null
  }

  return {
    offer: computed(() => result.value?.invitation ?? null),
    isLoading,
    failure,
    accepting,
    accept,
    joining,
    join,
  }
}
