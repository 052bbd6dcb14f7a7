import { systemClock } from './clock.js'
import { Secret } from './secret.js'

/**
 * What `createUpsOAuthClient` is told about one UPS developer application.
 *
 * @example
 * const options: UpsOAuthClientOptions = { baseUrl: UPS_BASE_URLS.cie, clientId, clientSecret, redirectUri }
 * @see https://developer.ups.com/api/reference/oauth/authorization-code
 */
export interface UpsOAuthClientOptions {
  /** The origin of UPS; every token request goes there and nowhere else. http only on loopback. */
  baseUrl: string | URL
  clientId: string
  /** Several while a secret is being replaced: the first is the current one. */
  clientSecret: Secret | readonly Secret[]
  /** Exactly as registered with the application (RFC 6749 section 3.1.2.2). */
  redirectUri: string
  /** `public` sends a challenge, and with the code the verifier in place of the client secret. */
  pkce?: 'off' | 'public'
  /** Default `read`. */
  scope?: string
  /** Called with one `Request`. */
  fetch?: typeof fetch
  clock?: () => Date
  /** From the call to the last byte of the answer; default 30 000. */
  timeoutMs?: number
  /** At least as good as `crypto.getRandomValues`. */
  randomBytes?: (length: number) => Uint8Array
}

/** Options, checked, with every default filled in. */
export interface ClientSettings {
  baseUrl: URL
  clientId: string
  clientSecrets: readonly Secret[]
  redirectUri: string
  pkce: 'off' | 'public'
  scope: string
  fetch: typeof fetch
  clock: () => Date
  timeoutMs: number
  randomBytes: (length: number) => Uint8Array
}

/** @throws {TypeError} naming the option, never its value. */
export function settingsOf(options: UpsOAuthClientOptions): ClientSettings {
  return {
    baseUrl: originOf(options.baseUrl),
    clientId: clientIdOf(options.clientId),
    clientSecrets: secretsOf(options.clientSecret),
    redirectUri: redirectUriOf(options.redirectUri),
    pkce: pkceOf(options.pkce ?? 'off'),
    // UPS: there is no list of scopes; its own samples send this one.
    scope: scopeOf(options.scope ?? 'read'),
    // Looked up at each call, so that a test or an instrumentation may replace the global one.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    clock: options.clock ?? systemClock,
    timeoutMs: timeoutOf(options.timeoutMs ?? 30_000),
    randomBytes: options.randomBytes ?? ((length) => crypto.getRandomValues(new Uint8Array(length))),
  }
}

function originOf(value: string | URL): URL {
  const url = URL.canParse(String(value)) ? new URL(String(value)) : null
  if (url === null || url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
    throw new TypeError('baseUrl must be an origin, as "https://host" or "https://host:port".')
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new TypeError('baseUrl must be https, or http on loopback: the client secret goes there.')
  }
  return url
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

function clientIdOf(value: string): string {
  // RFC 7617 section 2: a colon would end the user-id early.
  if (typeof value !== 'string' || !/^[\x21-\x39\x3b-\x7e]+$/.test(value)) {
    throw new TypeError('clientId must be visible characters without a colon.')
  }
  return value
}

function secretsOf(value: Secret | readonly Secret[]): readonly Secret[] {
  const secrets = Array.isArray(value) ? [...(value as readonly Secret[])] : [value as Secret]
  if (secrets.length === 0 || !secrets.every((secret) => secret instanceof Secret)) {
    throw new TypeError('clientSecret must be one Secret or a list of at least one.')
  }
  return secrets
}

function redirectUriOf(value: string): string {
  // RFC 6749 section 3.1.2: absolute and without a fragment.
  if (typeof value !== 'string' || !URL.canParse(value) || value.includes('#')) {
    throw new TypeError('redirectUri must be an absolute URI without a fragment.')
  }
  return value
}

function scopeOf(value: string): string {
  // RFC 6749 section 3.3: names of visible characters but " and \\, with one space between them.
  if (typeof value !== 'string' || !/^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/.test(value)) {
    throw new TypeError('scope must be one or more names, with one space between them.')
  }
  return value
}

function pkceOf(value: string): 'off' | 'public' {
  if (value !== 'off' && value !== 'public') throw new TypeError('pkce must be "off" or "public".')
  return value
}

function timeoutOf(value: number): number {
  // Node turns a timer over 2^31-1 ms into one of 1 ms.
  if (!Number.isInteger(value) || value < 1 || value > 2_147_483_647) {
    throw new TypeError('timeoutMs must be a whole number of milliseconds, from 1 to 2147483647.')
  }
  return value
}
