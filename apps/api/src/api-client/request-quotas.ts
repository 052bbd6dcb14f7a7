import type { Clock } from '../clock.js'
import { currentRequest, type QuotaState } from '../request-source.js'
import { apiClientErrors } from './api-client.errors.js'

export const quotaWindowSeconds = 10
const windowMs = quotaWindowSeconds * 1000
const mostWindows = 10_000

export type QuotaName = 'client' | 'company'
export type Limits = Readonly<Record<QuotaName, number>>

interface Window {
  startedAt: number
  used: number
}

/**
 * How much one client asks, and how much is asked about one company, so that a noisy one leaves room for the others (S-84).
 * Counted in memory: each process of the hub gives as much. What is refused does not count, and costs next to nothing.
 */
export class RequestQuotas {
  readonly #windows: Record<QuotaName, Map<string, Window>> = { client: new Map(), company: new Map() }

  constructor(
    private readonly clock: Clock,
    private readonly limits: Limits,
  ) {}

  /** @throws RATE_LIMITED, with the seconds after which there is room again */
  take(name: QuotaName, id: string, cost = 1): void {
    const now = this.clock().getTime()
    const window = this.#windowOf(name, id, now)
    const quota = this.limits[name]
    const isRefused = window.used + cost > quota
    if (!isRefused) window.used += cost
    const retryAfterSeconds = Math.max(1, Math.ceil((window.startedAt + windowMs - now) / 1000))
    const remaining = quota - window.used
    currentRequest()?.quotas.set(name, { quota, remaining, resetSeconds: retryAfterSeconds, isRefused })
    if (!isRefused) return
    const details = { retryAfterSeconds }
    throw name === 'client'
      ? apiClientErrors.API_CLIENT_ASKS_TOO_OFTEN({ details })
      : apiClientErrors.COMPANY_ASKED_ABOUT_TOO_OFTEN({ details })
  }

  #windowOf(name: QuotaName, id: string, now: number): Window {
    const windows = this.#windows[name]
    const known = windows.get(id)
    if (known && Math.abs(now - known.startedAt) < windowMs) return known
    if (windows.size >= mostWindows)
      for (const [other, { startedAt }] of windows)
        if (Math.abs(now - startedAt) >= windowMs) windows.delete(other)
    const fresh = { startedAt: now, used: 0 }
    windows.set(id, fresh)
    return fresh
  }
}

/** Structured fields of draft-ietf-httpapi-ratelimit-headers-10, one item a quota. */
export function quotaFields(quotas: ReadonlyMap<string, QuotaState>): Record<string, string> {
  const each = (text: (name: string, state: QuotaState) => string) =>
    [...quotas].map(([name, state]) => `"${name}";${text(name, state)}`).join(', ')
  return {
    'ratelimit-policy': each((_, { quota }) => `q=${quota};w=${quotaWindowSeconds}`),
    ratelimit: each((_, { remaining, resetSeconds }) => `r=${remaining};t=${resetSeconds}`),
  }
}
