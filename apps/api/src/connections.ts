import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Those that speak another protocol by now: who speaks it closes them in its own manner. */
export const isUpgraded = new WeakSet<Socket>()

/**
 * A browser keeps connections open on which it has asked nothing yet, and Node's own `close` waits for those: told to
 * stop, the server hangs up on every connection that is not being served.
 */
export function hangUpUnserved(http: FastifyInstance): void {
  const open = new Set<Socket>()
  const served = new Map<Socket, number>()
  const count = (socket: Socket, change: number): void =>
    void served.set(socket, (served.get(socket) ?? 0) + change)
  let isClosing = false
  const hangUp = (socket: Socket): void => {
    if (isClosing && !served.get(socket) && !isUpgraded.has(socket)) socket.destroy()
  }

  http.server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      served.delete(socket)
    })
  })
  http.server.on('request', ({ socket }, response) => {
    count(socket, 1)
    response.once('close', () => {
      count(socket, -1)
      hangUp(socket)
    })
  })
  http.addHook('preClose', (done) => {
    isClosing = true
    for (const socket of open) hangUp(socket)
    done()
  })
}
