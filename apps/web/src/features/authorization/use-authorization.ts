import { computed } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import type {
  ApplicationId,
  AuthorizationFieldsFragment,
  EndReason,
  ReturnTo,
} from '../../graphql/generated/graphql'
import { useAnswer } from '../../graphql/use-answer'
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
  const { result, failure, look, loading } = useAnswer(
    authorizationQuery,
    () => ({ application, companyId: companyId() ?? '' }),
    () => ({ enabled: companyId() !== null }),
  )
  usePolling(() => companyId() !== null && look(), pollMs)

  // The answer for the company before stays in `result` until the next one is there.
  const authorization = computed(() => {
    const found = result.value?.authorization ?? null
    return found?.company.id === companyId() ? found : null
  })
  return {
    authorization,
    isLoading: computed(() => loading.value && !authorization.value),
    isMissing: computed(
      () => !loading.value && !failure.value && companyId() !== null && !authorization.value,
    ),
    failure,
  }
}
