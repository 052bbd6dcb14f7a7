import { useApolloClient } from '@vue/apollo-composable'
import { computed, onBeforeUnmount, onMounted, ref } from 'vue'
import { askAgain } from '../../graphql/ask-again'
import { toFailure } from '../../graphql/error-sentences'
import { graphql } from '../../graphql/generated/gql'
import type { ReturnTo } from '../../graphql/generated/graphql'
import { useVerb } from '../../graphql/use-verb'
import { isWebAddress, useLeave } from './leave'
import type { Authorization } from './use-authorization'

const beginOptInMutation = graphql(`
  mutation BeginOptIn($input: BeginOptInInput!) {
    beginOptIn(input: $input) {
      id
      authorizationUrl
    }
  }
`)

const optOutMutation = graphql(`
  mutation OptOut($input: OptOutInput!) {
    optOut(input: $input) {
      ...AuthorizationFields
    }
  }
`)

const refreshTokenMutation = graphql(`
  mutation RefreshToken($input: RefreshTokenInput!) {
    refreshToken(input: $input) {
      ...AuthorizationFields
    }
  }
`)

/** begin, end, check now: the verbs on one authorization. */
export function useAuthorizationVerbs(authorization: () => Authorization) {
  const beginning = useVerb(beginOptInMutation)
  const ending = useVerb(optOutMutation)
  const checking = useVerb(refreshTokenMutation)
  const { resolveClient } = useApolloClient()
  const { isLeaving, leaveFor } = useLeaving()

  const target = () => ({
    companyId: authorization().company.id,
    application: authorization().application.id,
  })

  // A verb that failed may have changed the state all the same: UPS has refused, or cannot be reached since.
  const lookAgain = () => askAgain(resolveClient())

  async function begin(input: { returnTo: ReturnTo; upsProfileNote: string | null }) {
    const answer = await beginning.run({ input: { ...target(), ...input } })
    if (!answer) return lookAgain()
    const url = answer.beginOptIn.authorizationUrl
    if (isWebAddress(url)) leaveFor(url)
    else beginning.failure.value = toFailure(new Error('UPS.com has no web address'))
  }

  async function end(): Promise<boolean> {
    const answer = await ending.run({ input: target() })
    await lookAgain()
    return answer !== null
  }

  async function checkNow(): Promise<boolean> {
    const answer = await checking.run({ input: target() })
    await lookAgain()
    return answer !== null
  }

  return {
    begin,
    isBeginning: computed(() => beginning.isBusy.value || isLeaving.value),
    beginFailure: beginning.failure,
    end,
    isEnding: ending.isBusy,
    endFailure: ending.failure,
    checkNow,
    isChecking: checking.isBusy,
    checkFailure: checking.failure,
  }
}

function useLeaving() {
  const leave = useLeave()
  const isLeaving = ref(false)

  function leaveFor(url: string) {
    isLeaving.value = true
    leave(url)
  }

  // The Back button at UPS.com brings the page back as it was left.
  function stay(event: PageTransitionEvent) {
    if (event.persisted) isLeaving.value = false
  }
  onMounted(() => window.addEventListener('pageshow', stay))
  onBeforeUnmount(() => window.removeEventListener('pageshow', stay))
  return { isLeaving, leaveFor }
}
