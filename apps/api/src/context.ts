import type { Secret } from '@optin-hub/oauth-client'
import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm'
import type { ApplicationId } from './application/applications.js'
import { defineErrors } from './errors.js'
import type { Viewer } from './permissions.js'

/** Narrows a query over companies, known by `alias`, to those the viewer may see. */
export type OnlyVisibleCompanies = <T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  alias: string,
  applicationId?: ApplicationId,
) => SelectQueryBuilder<T>

/** A query that answers `key` and `id` of companies, and what to narrow and order it by. */
export interface CompanyList {
  readonly query: SelectQueryBuilder<ObjectLiteral>
  readonly key: string
  readonly id: string
}

/** The companies the viewer may see, as lists that have none in common. */
export type VisibleCompanyLists = (
  manager: EntityManager,
  applicationId: ApplicationId | null,
) => CompanyList[]

/** A third-party application, and which of its keys it came with. */
export interface ApiCaller {
  readonly clientId: string
  readonly keyId: string
  /** Takes no tokens for the time being. */
  readonly isPaused: boolean
}

/** Who asks, and from which browser session. Built once per request by `request-context.ts`; rights are those of this moment. */
export interface RequestContext {
  readonly requestId: string
  /** Where the request came from, as far as the trusted proxies tell. */
  readonly address: string
  readonly viewer: Viewer | null
  /** Whose API key came with the request; then there is neither viewer nor session. */
  readonly apiCaller: ApiCaller | null
  /** The keyed hash that identifies the session row. */
  readonly sessionId: string | null
  /** Whether the password was given in this session a short while ago (S-66). */
  readonly isFreshlyAuthenticated: boolean
  readonly onlyVisibleCompanies: OnlyVisibleCompanies
  readonly visibleCompanyLists: VisibleCompanyLists
  readonly cookies: SessionCookies
  /**
   * From here on the request is this person's: a sign-in answers with the person's own fields. With a session that has
   * just begun, the rest of the request belongs to that.
   */
  actAs(viewer: Viewer | null, begun?: { sessionId: string }): void
  /** One value per request and key: how a slice keeps its batching loaders. */
  memo<T>(key: string, create: () => T): T
}

export interface SessionCookies {
  set(session: Secret): void
  clear(): void
}

const contextErrors = defineErrors({
  FRESH_AUTHENTICATION_REQUIRED: {
    code: 'FORBIDDEN',
    message: 'Please give your password again before you do this. Nothing has changed.',
    logLevel: 'info',
  },
  SIGN_IN_REQUIRED: { code: 'UNAUTHENTICATED', message: 'Please sign in first.' },
  API_KEY_REQUIRED: {
    code: 'UNAUTHENTICATED',
    message: 'This needs the key of an API client, as Authorization: Bearer <key>.',
  },
  NOT_WITH_AN_API_KEY: {
    code: 'FORBIDDEN',
    message: 'This is for people who sign in, not for API clients.',
  },
})

type Asker = Pick<RequestContext, 'viewer' | 'apiCaller'>

export function requireViewer(context: Asker): Viewer {
  refuseApiCaller(context)
  if (context.viewer) return context.viewer
  throw contextErrors.SIGN_IN_REQUIRED()
}

/** Before what would outlive a stolen session: keys, passwords, addresses, roles (S-66). */
export function requireFreshAuthentication(
  context: Asker & Pick<RequestContext, 'isFreshlyAuthenticated'>,
): Viewer {
  const viewer = requireViewer(context)
  if (context.isFreshlyAuthenticated) return viewer
  throw contextErrors.FRESH_AUTHENTICATION_REQUIRED()
}

export function requireApiCaller(context: Asker): ApiCaller {
  if (context.apiCaller) return context.apiCaller
  throw contextErrors.API_KEY_REQUIRED()
}

/** What begins or needs a session is nothing for a key (S-81). */
export function refuseApiCaller(context: Asker): void {
  if (context.apiCaller) throw contextErrors.NOT_WITH_AN_API_KEY()
}
