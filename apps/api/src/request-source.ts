import { AsyncLocalStorage } from 'node:async_hooks'
import type { DomainError } from './errors.js'

/** How far an API client, or what is asked about a company, is from a limit. */
export interface QuotaState {
  readonly quota: number
  readonly remaining: number
  readonly resetSeconds: number
  readonly isRefused: boolean
}

/**
 * What is known of the request that is being served: for what is written far from it, above all the audit trail, so that
 * not every service hands an address on. `http.ts` sets it, `request-context.ts` adds who asks.
 */
export interface RequestSource {
  readonly requestId: string
  /** As far as the trusted proxies tell. */
  readonly address: string
  userId: string | null
  apiClientId: string | null
  /** What this request was answered with instead of what it asked for. */
  readonly refusals: DomainError[]
  /** By name of the quota; empty for people, whom none counts. */
  readonly quotas: Map<string, QuotaState>
}

const sources = new AsyncLocalStorage<RequestSource>()

/** `work` and all that it begins are of this request. */
export const inRequest = (request: Pick<RequestSource, 'requestId' | 'address'>, work: () => void): void =>
  sources.run({ ...request, userId: null, apiClientId: null, refusals: [], quotas: new Map() }, work)

/** Null in work that no request asked for. */
export const currentRequest = (): RequestSource | null => sources.getStore() ?? null

/** The id of the request that is being served here, for errors that are made far from it. */
export const currentRequestId = (): string => currentRequest()?.requestId ?? 'none'
