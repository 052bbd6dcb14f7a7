import { useApolloClient } from '@vue/apollo-composable'
import { onBeforeUnmount } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import {
  type AuthorizationFieldsFragment,
  AuthorizationFieldsFragmentDoc,
} from '../../graphql/generated/graphql'
import { announce } from '../../ui/live-region'
import { usePolling } from '../../ui/use-polling'
import { changed } from './words'

/** Changes may come in numbers; a page asks no more often than this. */
const pauseMs = 1_500
const pollMs = 15_000

const authorizationChangedSubscription = graphql(`
  subscription AuthorizationChanged {
    authorizationChanged {
      ...AuthorizationFields
    }
  }
`)

type Ask = () => unknown

/**
 * Keeps every authorization that a page shows as it is at the hub, whoever changed it, and says aloud what has become of
 * one. What a page shows of others, or besides, it asks for: `ask` is called when authorizations may have changed, and now
 * and then in case there is no socket.
 */
export const useAuthorizationChanges = (ask: Ask): void => useChanges(ask, false)

/** As above, for a page that shows of authorizations only what comes with the change itself. */
export const useShownAuthorizations = (ask: Ask): void => useChanges(ask, true)

function useChanges(ask: Ask, isAllThatIsShown: boolean): void {
  const soon = useSoon(ask)
  const take = useTaking()
  usePolling(ask, pollMs)
  useSubscription((now) => {
    const isTaken = take(now)
    if (!isTaken || !isAllThatIsShown) soon()
  }, ask)
}

function useSubscription(heard: (now: AuthorizationFieldsFragment) => unknown, onLost: () => unknown): void {
  const changes = useApolloClient()
    .resolveClient()
    .subscribe({ query: authorizationChangedSubscription, fetchPolicy: 'no-cache' })
    .subscribe({ next: ({ data }) => data && heard(data.authorizationChanged), error: onLost })
  onBeforeUnmount(() => changes.unsubscribe())
}

/** Into the cache, if it is there already; answers whether it was. */
function useTaking(): (now: AuthorizationFieldsFragment) => boolean {
  const { cache } = useApolloClient().resolveClient()
  return (now) => {
    const fragment = { fragment: AuthorizationFieldsFragmentDoc, fragmentName: 'AuthorizationFields' }
    const shown = { id: cache.identify({ ...now }), ...fragment }
    const before = cache.readFragment(shown)
    if (!before) return false
    cache.writeFragment({ ...shown, data: now })
    if (before.status !== now.status) announce(changed[now.status](now.company.name, now.application.name))
    return true
  }
}

/** At once, or when the last time is long enough ago. */
function useSoon(look: () => unknown): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isWanted = false
  function go() {
    isWanted = false
    look()
    timer = setTimeout(() => {
      timer = undefined
      if (isWanted) go()
    }, pauseMs)
  }
  onBeforeUnmount(() => clearTimeout(timer))
  return () => {
    isWanted = true
    if (!timer) go()
  }
}
