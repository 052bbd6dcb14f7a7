import type { AccessToken, TokenStatus } from './answers.js'
import { systemClock, type Clock } from './clock.js'
import { HubError, hubErrorOf } from './hub-error.js'

export interface HubClientOptions {
  /** Where the hub is: `https://hub.example`. */
  url: string
  /** The key of an API client of the hub. */
  apiKey: string
  /** In place of the global one. */
  fetch?: typeof fetch
  /** Milliseconds since 1970; for tests. */
  clock?: Clock
  /** From the call to the last byte of the answer: 40 s, since the hub may have to ask UPS first. */
  timeoutMs?: number
}

export interface HubClient {
  /**
   * The status of an authorization; null where there is none, or none that this key was given.
   * What has not changed since the last call is not sent again (`ETag`).
   *
   * @throws HubError
   */
  status(vaultKey: string): Promise<TokenStatus | null>
  /**
   * An access token of UPS with at least so many seconds to live (60 unless said, at most 600). It is kept in memory
   * until it has less; calls at the same time share one request.
   *
   * @throws HubError `REAUTHORIZATION_REQUIRED` where a person must opt in again, `UPS_UNAVAILABLE` with
   * `retryAfterSeconds` where UPS gives none
   */
  accessToken(vaultKey: string, options?: { minimumSeconds?: number }): Promise<AccessToken>
  /** Keeps nothing of this authorization any more: after UPS refused the token, or a webhook said that it ended. */
  forget(vaultKey: string): void
}

/** @throws TypeError for a URL that is not https (or http on loopback), or a missing key */
export function createHubClient(options: HubClientOptions): HubClient {
  const base = baseOf(options.url)
  if (!options.apiKey) throw new TypeError('apiKey is missing')
  const ask = options.fetch ?? fetch
  const now = options.clock ?? systemClock
  const statuses = new Map<string, { etag: string; status: TokenStatus }>()
  const tokens = new Map<string, AccessToken>()
  const underWay = new Map<string, Promise<AccessToken>>()

  async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    try {
      return await ask(new URL(path, base), {
        headers: { authorization: `Bearer ${options.apiKey}`, accept: 'application/json', ...headers },
        // A key must not follow anybody to another place.
        redirect: 'error',
        signal: AbortSignal.timeout(options.timeoutMs ?? 40_000),
      })
    } catch (cause) {
      throw new HubError(0, { message: 'The hub could not be reached.' }, { cause })
    }
  }

  async function status(vaultKey: string): Promise<TokenStatus | null> {
    const known = statuses.get(vaultKey)
    const response = await get(pathOf(vaultKey), known ? { 'if-none-match': known.etag } : {})
    if (response.status === 304 && known) return { ...known.status, checkedAt: new Date(now()).toISOString() }
    if (response.status === 404) {
      statuses.delete(vaultKey)
      return null
    }
    if (!response.ok) throw await hubErrorOf(response)
    const read = (await bodyOf(response)) as TokenStatus
    const etag = response.headers.get('etag')
    if (etag) statuses.set(vaultKey, { etag, status: read })
    return read
  }

  async function fetchToken(vaultKey: string, minimumSeconds: number): Promise<AccessToken> {
    const response = await get(`${pathOf(vaultKey)}/access-token?minimum_seconds=${minimumSeconds}`)
    if (!response.ok) throw await hubErrorOf(response)
    const token = (await bodyOf(response)) as AccessToken
    // A stale one is asked for anew each time: the hub may have a better one by then.
    if (!token.stale) tokens.set(vaultKey, token)
    return token
  }

  return {
    status,
    accessToken(vaultKey, { minimumSeconds = 60 } = {}) {
      const kept = tokens.get(vaultKey)
      if (kept && Date.parse(kept.expiresAt) - now() >= minimumSeconds * 1000) return Promise.resolve(kept)
      const key = `${minimumSeconds} ${vaultKey}`
      const running = underWay.get(key)
      if (running) return running
      const started = fetchToken(vaultKey, minimumSeconds).finally(() => underWay.delete(key))
      underWay.set(key, started)
      return started
    },
    forget(vaultKey) {
      tokens.delete(vaultKey)
      statuses.delete(vaultKey)
    },
  }
}

const pathOf = (vaultKey: string): string => `v1/tokens/${encodeURIComponent(vaultKey)}`

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (cause) {
    throw new HubError(0, { message: 'The answer of the hub could not be read.' }, { cause })
  }
}

function baseOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  const isLoopback = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)))
    throw new TypeError('url must be https, or http on loopback')
  // A path without a slash at its end would lose its last part.
  return url.pathname.endsWith('/') ? url : new URL(`${url.href}/`)
}
