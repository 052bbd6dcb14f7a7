import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { graphql } from '../../graphql/generated/gql'
import type { ApplicationId, AuthorizationDetailsQuery } from '../../graphql/generated/graphql'
import { useAnswer } from '../../graphql/use-answer'
import { useAuthorizationChanges } from '../authorization/use-authorization-changes'
import { useCompanyRights } from '../company/use-company-rights'

export type Details = NonNullable<AuthorizationDetailsQuery['authorization']>
export type Generation = NonNullable<Details['tokenHistory']>['edges'][number]['node']
export type HandOut = NonNullable<Details['handOuts']>['edges'][number]['node']
export type Happening = AuthorizationDetailsQuery['auditEvents']['edges'][number]['node']

const detailsQuery = graphql(`
  query AuthorizationDetails($companyId: ID!, $application: ApplicationId!, $seesAll: Boolean!) {
    authorization(companyId: $companyId, application: $application) {
      ...AuthorizationFields
      standing
      tokenHistory(first: 100) @include(if: $seesAll) {
        edges {
          node {
            id
            generation
            issuedAt
            expiresAt
            refreshIssuedAt
            refreshExpiresAt
            cause
            supersededAt
          }
        }
        totalCount
      }
      handOuts(first: 25) @include(if: $seesAll) {
        edges {
          node {
            id
            at
            clientName
            generation
            address
          }
        }
        totalCount
      }
    }
    auditEvents(filter: { companyId: $companyId, application: $application }, first: 50) {
      edges {
        node {
          id
          at
          name
          result
          requestId
          actor {
            id
            displayName
          }
          apiClient {
            id
            name
          }
        }
      }
    }
  }
`)

/** The slug of an application is its id in the writing of an address. */
const idOf = (slug: string) => slug.toUpperCase().replaceAll('-', '_') as ApplicationId

/** One authorization with all that is known of its past, kept up to date while the page is visible. */
export function useAuthorizationDetails(which: () => { companyId: string; application: string }) {
  const router = useRouter()
  const { seesAll } = useCompanyRights()
  const { result, isLoading, failure, look } = useAnswer(detailsQuery, () => ({
    companyId: which().companyId,
    application: idOf(which().application),
    seesAll: seesAll(which().companyId),
  }))
  useAuthorizationChanges(look)
  const authorization = computed(() => result.value?.authorization ?? null)
  return {
    authorization,
    generations: computed<Generation[]>(() => nodesOf(authorization.value?.tokenHistory)),
    generationCount: computed(() => authorization.value?.tokenHistory?.totalCount ?? 0),
    /** null for who may not know. */
    handOuts: computed<HandOut[] | null>(() =>
      authorization.value?.handOuts ? nodesOf(authorization.value.handOuts) : null,
    ),
    handOutCount: computed(() => authorization.value?.handOuts?.totalCount ?? 0),
    happenings: computed<Happening[]>(() => nodesOf(result.value?.auditEvents)),
    isLoading,
    // An application that there is not is refused as a variable.
    isMissing: computed(
      () => result.value?.authorization === null || failure.value?.code === 'BAD_USER_INPUT',
    ),
    failure: computed(() => (failure.value?.code === 'BAD_USER_INPUT' ? null : failure.value)),
    /** Where this application is authorized. */
    optInPage: computed(() => {
      const id = authorization.value?.application.id
      const page = router.getRoutes().find(({ meta }) => id !== undefined && meta.optsIn === id)
      return page && { path: page.path, query: { company: which().companyId } }
    }),
  }
}

function nodesOf<Node>(connection: { edges: { node: Node }[] } | null | undefined): Node[] {
  return connection?.edges.map(({ node }) => node) ?? []
}
