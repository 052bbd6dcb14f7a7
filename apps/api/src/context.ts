import type { Secret } from '@optin-hub/oauth-client'
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm'
import type { ApplicationId } from './application/applications.js'
import { DomainError } from './errors.js'
import type { Viewer } from './permissions.js'

/** Narrows a query over companies, known by `alias`, to those the viewer may see. */
export type OnlyVisibleCompanies = <T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  alias: string,
  applicationId?: ApplicationId,
) => SelectQueryBuilder<T>

/** Who asks, and from which browser session. Built once per request by `http.ts`; rights are those of this moment. */
export interface RequestContext {
  readonly requestId: string
  readonly viewer: Viewer | null
  /** The keyed hash that identifies the session row. */
  readonly sessionId: string | null
  readonly onlyVisibleCompanies: OnlyVisibleCompanies
  readonly cookies: SessionCookies
  /** From here on the request is this person's: a sign-in answers with the person's own fields. */
  actAs(viewer: Viewer | null): void
  /** One value per request and key: how a slice keeps its batching loaders. */
  memo<T>(key: string, create: () => T): T
}

export interface SessionCookies {
  set(session: Secret): void
  clear(): void
}

export function requireViewer(context: Pick<RequestContext, 'viewer'>): Viewer {
  if (context.viewer) return context.viewer
  throw new DomainError({
    code: 'UNAUTHENTICATED',
    reason: 'SIGN_IN_REQUIRED',
    message: 'Please sign in first.',
  })
}
