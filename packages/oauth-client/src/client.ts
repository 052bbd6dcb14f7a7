import { calculatePKCECodeChallenge } from 'oauth4webapi'
import { ClientSecrets } from './client-secrets.js'
import { guardFetch } from './guarded-fetch.js'
import { settingsOf, type ClientSettings, type UpsOAuthClientOptions } from './client-settings.js'
import { readCallback, type Callback } from './read-callback.js'
import { requestByCode, requestByRefreshToken, type TokenRequester } from './token-request.js'
import { Secret } from './secret.js'
import { upsProfile } from './ups-profile.js'
import type { ProviderProfile } from './provider-profile.js'
import type { TokenSet } from './token-set.js'

const reachableWithinMs = 5_000

/**
 * The beginning of one flow: where to send the person, and what to keep until the callback.
 *
 * @example
 * const { url, state, codeVerifier }: AuthorizationStart = await client.authorizationUrl()
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1
 */
export interface AuthorizationStart {
  readonly url: URL
  /** 256 random bits; keep no more than its hash, bound to the person's session, and use it once. */
  readonly state: Secret
  /** Null without PKCE. */
  readonly codeVerifier: Secret | null
}

/**
 * One UPS developer application, speaking to UPS.
 *
 * @example
 * const client: UpsOAuthClient = createUpsOAuthClient(options)
 * @see https://developer.ups.com/api/reference/oauth/authorization-code
 */
export interface UpsOAuthClient {
  /**
   * A new flow, without a request to UPS: the person's own browser follows the URL.
   *
   * @example
   * const { url, state } = await client.authorizationUrl()
   * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1
   */
  authorizationUrl(): Promise<AuthorizationStart>
  /**
   * Reads what the browser brought back; give `expectedState` unless the flow was looked up by `stateOf`.
   *
   * @throws {CallbackError}
   * @example
   * const { code } = client.readCallback(new URL(request.url).searchParams, state)
   * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
   */
  readCallback(params: URLSearchParams, expectedState?: Secret): Callback
  /**
   * Exchanges a code for tokens, by one POST at most, which is never repeated. With a verifier, the verifier
   * takes the place of the client secret.
   *
   * @throws {OAuthError}
   * @example
   * const tokens = await client.exchangeCode({ code, codeVerifier })
   * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3
   */
  exchangeCode(input: { code: Secret; codeVerifier: Secret | null }): Promise<TokenSet>
  /**
   * Refreshes once; a second client secret is tried only after 401, when UPS has not looked at the token.
   *
   * UPS voids the token that was sent: call it once at a time per authorization, and store before use.
   *
   * @throws {OAuthError}
   * @example
   * const tokens = await client.refresh(refreshToken)
   * @see https://www.rfc-editor.org/rfc/rfc6749#section-6
   */
  refresh(refreshToken: Secret): Promise<TokenSet>
  /**
   * Whether UPS answers at all, with any status, within 5 seconds.
   *
   * @example
   * if (!(await client.isReachable())) tellThePerson('UPS.com cannot be reached.')
   * @see https://developer.ups.com/api/reference/oauth/authorization-code (Servers)
   */
  isReachable(): Promise<boolean>
}

/**
 * A client for one UPS developer application.
 *
 * @throws {TypeError} When an option is missing or wrong; the message names it and never its value.
 * @example
 * const client = createUpsOAuthClient({
 *   baseUrl: UPS_BASE_URLS.cie,
 *   clientId: 'your client id',
 *   clientSecret: Secret.of('your client secret'),
 *   redirectUri: 'https://hub.example/oauth/callback',
 * })
 * @see https://developer.ups.com/api/reference/oauth/authorization-code
 */
export function createUpsOAuthClient(options: UpsOAuthClientOptions): UpsOAuthClient {
  const settings = settingsOf(options)
  return createOAuthClient(upsProfile(settings.baseUrl), settings)
}

/** The same client for any authorization server that a profile describes. */
export function createOAuthClient(profile: ProviderProfile, settings: ClientSettings): UpsOAuthClient {
  const { clientId, redirectUri, clock, scope, pkce } = settings
  const requester: TokenRequester = { profile, clientId, redirectUri, clock, fetch: guardFetch(settings) }
  const secrets = new ClientSecrets(settings.clientSecrets)

  return {
    async authorizationUrl() {
      const state = randomSecret(settings)
      const codeVerifier = pkce === 'public' ? randomSecret(settings) : null
      const url = new URL(profile.server.authorization_endpoint as string)
      const parameters = { client_id: clientId, redirect_uri: redirectUri, response_type: 'code', scope }
      const challenge = codeVerifier === null ? {} : await challengeOf(profile, codeVerifier)
      url.search = new URLSearchParams({ ...parameters, state: state.reveal(), ...challenge }).toString()
      return { url, state, codeVerifier }
    },

    readCallback: (params, state) => readCallback(params, { profile, clientId, state }),

    async exchangeCode({ code, codeVerifier }) {
      // The flow decides, not the option: it may have begun before the option was changed.
      if (codeVerifier !== null && profile.verifierReplacesSecret) {
        return requestByCode(requester, { code, codeVerifier, clientSecret: null })
      }
      return secrets.once((clientSecret) => requestByCode(requester, { code, codeVerifier, clientSecret }))
    },

    refresh: (refreshToken) =>
      secrets.each((clientSecret) => requestByRefreshToken(requester, { refreshToken, clientSecret })),

    isReachable: () => isReachable(settings),
  }
}

async function challengeOf(profile: ProviderProfile, verifier: Secret): Promise<Record<string, string>> {
  return profile.challengeParameters(await calculatePKCECodeChallenge(verifier.reveal()))
}

// 43 characters of base64url: 256 bits, and what RFC 7636 section 4.1 asks of a verifier.
function randomSecret({ randomBytes }: ClientSettings): Secret {
  const bytes = randomBytes(32)
  if (bytes.length !== 32) throw new TypeError('randomBytes(32) must give 32 bytes.')
  const base64 = btoa(String.fromCharCode(...bytes))
  return Secret.of(base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))
}

async function isReachable({ baseUrl, fetch, timeoutMs }: ClientSettings): Promise<boolean> {
  const signal = AbortSignal.timeout(Math.min(timeoutMs, reachableWithinMs))
  // Raced beside the signal, because a custom fetch may not listen to it.
  const passed = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', reject))
  try {
    const asked = fetch(new Request(new URL('/', baseUrl), { redirect: 'manual', signal }))
    const response = await Promise.race([asked, passed])
    response.body?.cancel().catch(() => undefined)
    return true
  } catch {
    return false // why not is of no use to a person: the same page says what is safe
  }
}
