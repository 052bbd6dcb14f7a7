import { useQuery } from '@vue/apollo-composable'
import { computed } from 'vue'
import { toFailure } from '../../graphql/error-sentences'
import { graphql } from '../../graphql/generated/gql'
import type {
  ApplicationId,
  AuthorizationFieldsFragment,
  EndReason,
  ReturnTo,
} from '../../graphql/generated/graphql'
import { usePolling } from '../../ui/use-polling'

export type { ApplicationId, EndReason, ReturnTo }
export type Authorization = AuthorizationFieldsFragment

const pollMs = 15_000

graphql(`
  fragment AuthorizationFields on Authorization {
    id
    status
    mayBegin
    vaultKey
    generation
    authorizedAt
    authorizedBy {
      id
      displayName
    }
    upsProfileNote
    endedAt
    endedBy {
      id
      displayName
    }
    endReason
    upsMayHonourUntil
    nextRefreshAt
    tokens {
      issuedAt
      expiresAt
      refreshIssuedAt
      refreshExpiresAt
      refreshCount
    }
    refreshProblem {
      since
      attempts
      nextAttemptAt
    }
    company {
      id
      name
      accountExecutive {
        name
        contact
      }
    }
    application {
      id
      name
      slug
    }
  }
`)

const authorizationQuery = graphql(`
  query Authorization($companyId: ID!, $application: ApplicationId!) {
    authorization(companyId: $companyId, application: $application) {
      ...AuthorizationFields
    }
  }
`)

/** One company's authorization for one application, kept up to date while the page is visible. */
export function useAuthorization(application: ApplicationId, companyId: () => string | null) {
  const { result, loading, error, refetch } = useQuery(
    authorizationQuery,
    () => ({ application, companyId: companyId() ?? '' }),
    () => ({ enabled: companyId() !== null }),
  )
  const refresh = () => companyId() !== null && refetch()?.catch(shownAsFailure)
  usePolling(refresh, pollMs)

  // The answer for the company before stays in `result` until the next one is there.
  const authorization = computed(() => {
    const found = result.value?.authorization ?? null
    return found?.company.id === companyId() ? found : null
  })
  return {
    authorization,
    isLoading: computed(() => loading.value && !authorization.value),
    isMissing: computed(() => !loading.value && !error.value && companyId() !== null && !authorization.value),
    failure: computed(() => (error.value ? toFailure(error.value) : null)),
  }
}

/** `useQuery` reports it in `error`; the next tick tries again. */
function shownAsFailure() {}
