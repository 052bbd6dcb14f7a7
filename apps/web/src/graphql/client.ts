import {
  ApolloClient,
  ApolloError,
  type ApolloLink,
  from,
  HttpLink,
  InMemoryCache,
  type Operation,
  split,
} from '@apollo/client/core'
import { getMainDefinition } from '@apollo/client/utilities'
import { onError } from '@apollo/client/link/error'
import { toFailure } from './error-sentences'
import { renewedSession } from './renewed-session'

export type HubClient = ApolloClient<unknown>

interface Surroundings {
  fetch: typeof fetch
  /** Where subscriptions go. */
  live: ApolloLink
  onSessionEnded: () => void
}

export function createHubClient(options: Surroundings): HubClient {
  const sessionWatch = onError(({ operation, graphQLErrors = [], networkError = null }) => {
    // At sign-in the same code means a wrong password.
    if (operation.operationName === 'SignIn') return
    const failure = toFailure(new ApolloError({ graphQLErrors, networkError }))
    if (failure.code === 'UNAUTHENTICATED') options.onSessionEnded()
  })
  const http = new HttpLink({
    uri: '/graphql',
    fetch: options.fetch,
    credentials: 'same-origin',
    // A form of another site cannot send it; the hub refuses a request without it.
    headers: { 'apollo-require-preflight': 'true' },
  })
  return new ApolloClient({
    link: split(isSubscription, options.live, from([sessionWatch, renewedSession(), http])),
    cache: new InMemoryCache({
      typePolicies: {
        // Parts of an authorization without an identity of their own: the newest answer replaces them.
        Authorization: { fields: { tokens: { merge: false }, refreshProblem: { merge: false } } },
        Company: {
          fields: {
            accountExecutive: { merge: false },
            members: { merge: false },
            invitations: { merge: false },
          },
        },
        Group: { fields: { members: { merge: false }, companies: { merge: false } } },
        User: { fields: { memberships: { merge: false } } },
      },
    }),
    defaultOptions: { watchQuery: { fetchPolicy: 'cache-and-network' } },
    assumeImmutableResults: true,
  })
}

function isSubscription({ query }: Operation): boolean {
  const definition = getMainDefinition(query)
  return definition.kind === 'OperationDefinition' && definition.operation === 'subscription'
}
