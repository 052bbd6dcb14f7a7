import type { ApolloClient } from '@apollo/client/core'

/** Whatever the page shows. */
export async function askAgain(client: ApolloClient<unknown>): Promise<void> {
  await client.refetchQueries({ include: 'active' }).catch(toldAsFailure)
}

/** Each query tells its own failure where its answer is shown. */
export function toldAsFailure() {}
