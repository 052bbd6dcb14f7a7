import { ApolloError, ApolloLink, from, fromPromise, Observable } from '@apollo/client/core'
import { onError } from '@apollo/client/link/error'
import { toFailure } from './error-sentences'

const renewing = 'Reauthenticate'

/**
 * The password given once more renews the session. What was on its way meanwhile came with the former cookie and is refused,
 * though nobody's session is over: it is asked once more.
 */
export function renewedSession(): ApolloLink {
  let settled: Promise<void> | null = null
  /** Of beginnings and ends: the same number twice means that nothing was renewed in between. */
  let turns = 0

  const noteTurns = new ApolloLink((operation, forward) => {
    operation.setContext({ turns })
    const answer = forward(operation)
    if (operation.operationName !== renewing) return answer
    return new Observable((observer) => {
      turns += 1
      let tellSettled = () => {}
      settled = new Promise((resolve) => (tellSettled = resolve))
      const end = () => {
        turns += 1
        settled = null
        tellSettled()
      }
      return answer.subscribe({
        next: (result) => observer.next(result),
        error: (error: unknown) => (end(), observer.error(error)),
        complete: () => (end(), observer.complete()),
      })
    })
  })

  const askOnceMore = onError(({ operation, forward, graphQLErrors = [], networkError = null }) => {
    if (operation.operationName === renewing) return
    if (settled === null && operation.getContext()['turns'] === turns) return
    const { code } = toFailure(new ApolloError({ graphQLErrors, networkError }))
    if (code !== 'UNAUTHENTICATED') return
    return fromPromise(settled ?? Promise.resolve()).flatMap(() => forward(operation))
  })

  return from([askOnceMore, noteTurns])
}
