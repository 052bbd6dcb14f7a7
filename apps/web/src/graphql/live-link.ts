import { ApolloLink, Observable } from '@apollo/client/core'

/** Subscriptions, over a socket that is loaded and opened with the first of them, and closed after the last. */
export function createLiveLink(onReconnected: () => void): ApolloLink {
  let opening: Promise<ApolloLink> | undefined
  const open = () => (opening ??= import('./socket').then(({ openSocket }) => openSocket(onReconnected)))

  return new ApolloLink(
    (operation) =>
      new Observable((observer) => {
        let isWanted = true
        let stop: () => void = () => (isWanted = false)
        open().then(
          (socket) => {
            const running = isWanted && socket.request(operation)?.subscribe(observer)
            if (running) stop = () => running.unsubscribe()
          },
          (error: unknown) => {
            opening = undefined
            observer.error(error)
          },
        )
        return () => stop()
      }),
  )
}
