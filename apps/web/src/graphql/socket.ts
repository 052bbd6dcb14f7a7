import type { ApolloLink } from '@apollo/client/core'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { createClient } from 'graphql-ws'

const longestWaitMs = 30_000
const idleCloseMs = 3_000
const keepAliveMs = 20_000

/** Comes back by itself, ever more slowly while the hub is away, and not all pages at once when it returns. */
export function openSocket(onReconnected: () => void): ApolloLink {
  const socket = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    lazyCloseTimeout: idleCloseMs,
    keepAlive: keepAliveMs,
    retryAttempts: Infinity,
    retryWait: (retries) => {
      const waitMs = Math.min(1000 * 2 ** retries, longestWaitMs) * (0.5 + Math.random() / 2)
      return new Promise((resolve) => setTimeout(resolve, waitMs))
    },
    // What happened in between was told to nobody.
    on: { connected: (_socket, _payload, wasRetry) => wasRetry && onReconnected() },
  })
  // A page that holds a socket is thrown away when it is left; without, the Back button finds it as it was.
  window.addEventListener('pagehide', () => socket.terminate())
  return new GraphQLWsLink(socket)
}
