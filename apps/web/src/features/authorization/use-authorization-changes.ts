import { usePolling } from '../../ui/use-polling'

const pollMs = 15_000

/** Asks again when authorizations may have changed, and again after a failure, which the query itself reports. */
export function useAuthorizationChanges(ask: () => Promise<unknown> | undefined): void {
  usePolling(() => ask()?.catch(shownByItsQuery), pollMs)
}

function shownByItsQuery() {}
