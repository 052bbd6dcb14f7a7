import { Secret } from '@optin-hub/oauth-client'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { apiClientErrors } from './api-client/api-client.errors.js'
import type { ApiKeyService } from './api-client/api-key.service.js'
import type { RequestQuotas } from './api-client/request-quotas.js'
import { visibleCompanies, visibleCompanyLists } from './authorization/visible-companies.js'
import type { ApiCaller, RequestContext } from './context.js'
import type { Viewer } from './permissions.js'
import { currentRequest } from './request-source.js'
import { absoluteLimitMs, type FoundSession, type SessionService } from './session/session.service.js'
import type { UserService } from './user/user.service.js'

interface Surroundings {
  publicUrl: URL
  sessions: SessionService
  users: UserService
  /** Without them an Authorization header means nothing: a browser that comes back from UPS.com brings no key. */
  apiKeys?: ApiKeyService
  quotas?: RequestQuotas
}

export type ContextOf = (request: FastifyRequest, reply: FastifyReply) => Promise<RequestContext>

/**
 * Reads who asks from the session cookie or the API key, and what they may do from the database, once per request.
 * SameSite is Lax: the return from UPS.com is a cross-site navigation and must find the session; forgery is stopped at
 * `/graphql` by content type, Origin and a header of its own.
 */
export function createContextOf({ publicUrl, sessions, users, apiKeys, quotas }: Surroundings): ContextOf {
  const secure = publicUrl.protocol === 'https:'
  const cookieName = secure ? '__Host-optin-hub-session' : 'optin-hub-session'
  const cookie = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const

  return async (request, reply) => {
    const value = request.cookies[cookieName]
    const apiCaller = apiKeys ? await apiCallerOf(request, apiKeys, value !== undefined) : null
    const session = value ? await sessions.find(sessions.idOf(Secret.of(value))) : null
    const viewer: Viewer | null = session ? await users.viewerOf(session.userId) : null
    const source = currentRequest()
    if (source)
      Object.assign(source, { userId: session?.userId ?? null, apiClientId: apiCaller?.clientId ?? null })
    if (apiCaller) quotas?.take('client', apiCaller.clientId)
    return contextFor({
      requestId: request.id,
      address: request.ip,
      apiCaller,
      session,
      viewer,
      cookies: {
        set: (begun) =>
          void reply.setCookie(cookieName, begun.reveal(), { ...cookie, maxAge: absoluteLimitMs / 1000 }),
        clear: () => void reply.clearCookie(cookieName, cookie),
      },
    })
  }
}

/** Of somebody whose session was seen before, with the rights of this moment; null once either is gone. */
export type ContextOfSession = (of: {
  sessionId: string
  userId: string
  requestId: string
  address: string
}) => Promise<RequestContext | null>

/** For what is told without a request of its own, which is no use of the session either: it does not keep it alive. */
export function createContextOfSession({
  sessions,
  users,
}: Pick<Surroundings, 'sessions' | 'users'>): ContextOfSession {
  return async ({ sessionId, userId, requestId, address }) => {
    const [alive] = await sessions.aliveAmong([sessionId])
    const viewer = alive === undefined ? null : await users.viewerOf(userId)
    const session = { id: sessionId, userId, isFresh: false }
    const cookies = { set: () => undefined, clear: () => undefined }
    return viewer && contextFor({ requestId, address, apiCaller: null, session, viewer, cookies })
  }
}

type Parts = Pick<RequestContext, 'requestId' | 'address' | 'apiCaller' | 'viewer' | 'cookies'> & {
  session: FoundSession | null
}

function contextFor({ requestId, address, apiCaller, cookies, ...begun }: Parts): RequestContext {
  let { viewer, session } = begun
  const memory = new Map<string, unknown>()
  const context: RequestContext = {
    requestId,
    address,
    apiCaller,
    cookies,
    get sessionId() {
      return viewer && session ? session.id : null
    },
    get isFreshlyAuthenticated() {
      return viewer !== null && session?.isFresh === true
    },
    get viewer() {
      return viewer
    },
    get onlyVisibleCompanies() {
      return visibleCompanies(viewer)
    },
    visibleCompanyLists: (manager, applicationId) => visibleCompanyLists(viewer, manager, applicationId),
    actAs(person, next) {
      viewer = person
      if (person && next) session = { id: next.sessionId, userId: person.userId, isFresh: true }
    },
    memo<T>(key: string, create: () => T): T {
      if (!memory.has(key)) memory.set(key, create())
      return memory.get(key) as T
    },
  }
  // Apollo works with a copy of the own properties: as inherited ones, the getters stay getters, and `actAs` has effect.
  return Object.create(context) as RequestContext
}

/** A key beside a session is refused: whichever counted, somebody would be surprised (S-81). */
async function apiCallerOf(
  { headers, ip }: FastifyRequest,
  apiKeys: ApiKeyService,
  hasSession: boolean,
): Promise<ApiCaller | null> {
  if (headers.authorization === undefined) return null
  if (hasSession) throw apiClientErrors.API_KEY_WITH_SESSION()
  const [, key] = /^Bearer ([\w-]{1,200})$/i.exec(headers.authorization) ?? []
  return apiKeys.callerOf(key ?? '', ip)
}
