import fastifyWebsocket, { type WebSocket } from '@fastify/websocket'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import { CloseCode, handleProtocols } from 'graphql-ws'
import { isUpgraded } from '../connections.js'
import { requireViewer } from '../context.js'
import { defineErrors } from '../errors.js'
import { refuseForeignUpgrade } from '../forgery.js'
import { onlyPost } from './graphql.route.js'
import type { ContextOf, ContextOfSession } from '../request-context.js'
import { createSubscriptionServer } from './subscription-server.js'

const messageLimit = 16 * 1024
const mostMessages = 200
const pingEveryMs = 20_000
const lookEveryMs = 1_000
const goodbyeMs = 1_000
const mostSockets = 20

const socketErrors = defineErrors({
  TOO_MANY_SOCKETS: {
    code: 'RATE_LIMITED',
    message: `One session has at most ${mostSockets} sockets open at a time. Close a page first.`,
  },
})

interface Surroundings {
  schema: GraphQLSchema
  publicUrl: URL
  contextOf: ContextOf
  contextOfSession: ContextOfSession
  /** Which of these sessions last still. */
  aliveAmong: (sessionIds: readonly string[]) => Promise<string[]>
  log: FastifyBaseLogger
}

interface Holder {
  sessionId: string
  userId: string
  address: string
  requestId: string
}

interface OpenSocket extends Holder {
  isHere: boolean
  messages: number
}

/**
 * Subscriptions, by upgrade of `GET /graphql`: for people who are signed in, from our own pages only (S-106). A session that
 * is over takes its sockets with it.
 */
export async function subscriptionRoute(http: FastifyInstance, on: Surroundings): Promise<void> {
  const open = new Map<WebSocket, OpenSocket>()
  const holders = new WeakMap<FastifyRequest, Holder>()
  const server = createSubscriptionServer(on)
  await http.register(fastifyWebsocket, {
    options: { maxPayload: messageLimit, handleProtocols },
    errorHandler: (error, socket) => {
      on.log.info({ err: error }, 'a socket was closed because of what it sent')
      socket.terminate()
    },
    preClose: (done) => {
      for (const socket of open.keys()) hangUp(socket, 1001, 'Going away')
      done()
    },
  })

  async function admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (!request.ws) return
    refuseForeignUpgrade(request, on.publicUrl)
    const context = await on.contextOf(request, reply)
    const { userId } = requireViewer(context)
    const { sessionId, address, requestId } = context
    if (sessionId === null) throw new Error('somebody is signed in without a session')
    const others = [...open.values()].filter((one) => one.sessionId === sessionId)
    if (others.length >= mostSockets) throw socketErrors.TOO_MANY_SOCKETS()
    holders.set(request, { sessionId, userId, address, requestId })
  }

  function serve(socket: WebSocket, request: FastifyRequest): void {
    const holder = holders.get(request)
    if (!holder) return socket.terminate()
    isUpgraded.add(request.raw.socket)
    const one: OpenSocket = { ...holder, isHere: true, messages: 0 }
    open.set(socket, one)
    const subscriber = {
      contextNow: () => on.contextOfSession(holder),
      end: () => hangUp(socket, CloseCode.Unauthorized, 'The session is over'),
    }
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (text) => sendOver(socket, text),
        close: (code, reason) => hangUp(socket, code ?? 1000, reason ?? ''),
        onMessage: (take) =>
          void socket.on('message', (data: Buffer) => {
            one.messages += 1
            if (one.messages > mostMessages) return hangUp(socket, 1008, 'Too many messages')
            take(data.toString()).catch((err: unknown) => {
              on.log.error({ err, requestId: holder.requestId }, 'a message over a socket failed')
              hangUp(socket, CloseCode.InternalServerError, 'Internal error')
            })
          }),
      },
      subscriber,
    )
    socket.on('pong', () => (one.isHere = true))
    socket.once('close', (code, reason) => {
      open.delete(socket)
      void closed(code, reason.toString())
    })
  }

  const pinging = setInterval(() => {
    for (const [socket, one] of open) {
      if (!one.isHere) socket.terminate()
      one.isHere = false
      one.messages = 0
      socket.ping()
    }
  }, pingEveryMs)
  const looking = setInterval(() => void endOrphans(on, open), lookEveryMs)
  http.addHook('onClose', () => {
    clearInterval(pinging)
    clearInterval(looking)
    return Promise.resolve()
  })

  http.route({ method: 'GET', url: '/graphql', preValidation: admit, handler: onlyPost, wsHandler: serve })
}

/** Told even where nothing happens that would be told to them. */
async function endOrphans(on: Surroundings, open: ReadonlyMap<WebSocket, OpenSocket>): Promise<void> {
  if (open.size === 0) return
  const ids = new Set([...open.values()].map(({ sessionId }) => sessionId))
  // Without the database nothing is told to anybody either: each event asks it first.
  const alive = await on.aliveAmong([...ids]).catch(() => [...ids])
  for (const [socket, { sessionId }] of open)
    if (!alive.includes(sessionId)) hangUp(socket, CloseCode.Unauthorized, 'The session is over')
}

function hangUp(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason)
  setTimeout(() => socket.terminate(), goodbyeMs).unref()
}

const sendOver = (socket: WebSocket, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    if (socket.readyState !== socket.OPEN) return resolve()
    socket.send(text, (error) => (error ? reject(error) : resolve()))
  })
