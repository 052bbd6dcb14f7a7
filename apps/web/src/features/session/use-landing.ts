import { useApolloClient } from '@vue/apollo-composable'
import { graphql } from '../../graphql/generated/gql'
import { useSession } from './use-session'

const landingQuery = graphql(`
  query Landing {
    companies(first: 2) {
      edges {
        node {
          id
          authorizations {
            id
            application {
              id
              slug
            }
          }
        }
      }
    }
  }
`)

const overview = '/overview'

/** Where to begin for who asked for no page: the overview, or the one application that there is to look at. */
export function useLanding(): () => Promise<string> {
  const { viewer } = useSession()
  const { resolveClient } = useApolloClient()
  return async () => {
    if (viewer.value?.isSolutionAdmin) return overview
    const companies = await resolveClient()
      .query({ query: landingQuery, fetchPolicy: 'network-only' })
      .then(
        ({ data }) => data.companies.edges.map(({ node }) => node),
        // The overview will say what is the matter.
        () => [],
      )
    const [company, ...others] = companies
    const [only, ...more] = company?.authorizations ?? []
    if (!company || !only || others.length > 0 || more.length > 0) return overview
    return `/applications/${only.application.slug}?company=${company.id}`
  }
}
