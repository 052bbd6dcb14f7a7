import type { AuthorizationServer } from 'oauth4webapi'
import type { ProviderProfile, Refusal } from './provider-profile.js'
import { invalid, type JsonObject, type TokenAnswer } from './token-set.js'

/**
 * The hosts of UPS: `cie` is the Customer Integration Environment, for tests.
 *
 * @example
 * createUpsOAuthClient({ baseUrl: UPS_BASE_URLS.cie, ... })
 * @see https://developer.ups.com/api/reference/oauth/authorization-code (Servers)
 */
export const UPS_BASE_URLS = {
  cie: 'https://wwwcie.ups.com',
  production: 'https://onlinetools.ups.com',
} as const

/**
 * Where UPS departs from the RFCs, and all of it: no other file knows that the provider is UPS.
 */
export function upsProfile(baseUrl: URL): ProviderProfile {
  // UPS: three endpoints on one host and no discovery document (RFC 8414), so the metadata is given by hand.
  const at = (endpoint: string) => new URL(`/security/v1/oauth/${endpoint}`, baseUrl).href
  const server: AuthorizationServer = {
    // UPS has no issuer and sends no `iss` (RFC 9207); this one is never compared with anything.
    issuer: baseUrl.origin,
    authorization_endpoint: at('authorize'),
    token_endpoint: at('token'),
  }
  return {
    server,
    // UPS: the token endpoint refuses grant_type=refresh_token; RFC 6749 section 6 would send it there.
    refreshServer: { ...server, token_endpoint: at('refresh') },
    authenticate: rawBasic,
    // UPS: with a verifier, `client_id` goes into the body and the Authorization header should not be there.
    verifierReplacesSecret: true,
    // UPS: S256 is implied. RFC 7636 section 4.3 would take a missing method for "plain".
    challengeParameters: (challenge) => ({ code_challenge: challenge }),
    readCode,
    readTokenAnswer,
    readRefusal,
  }
}

// UPS: the pair goes into Basic as it is; RFC 6749 section 2.3.1 would form-encode both parts first.
function rawBasic(clientId: string, clientSecret: string): string {
  const bytes = new TextEncoder().encode(`${clientId}:${clientSecret}`)
  return `Basic ${btoa(String.fromCharCode(...bytes))}`
}

// UPS: the code is standard base64, put into the URL unescaped ("==" has been seen). Should it ever hold a
// plus sign, form decoding has made a space of it; base64 has no spaces, so the way back is certain.
function readCode(code: string): string {
  return /^[A-Za-z0-9/ ]+={0,2}$/.test(code) ? code.replaceAll(' ', '+') : code
}

// UPS: every value is a string, also numbers; issued_at is in milliseconds; `scope` and `refresh_count` may be
// missing; `status` and `refresh_token_status` say "approved"; nothing names the person (so no id_token).
function readTokenAnswer(answer: JsonObject, clientId: string): TokenAnswer {
  if (answer.client_id !== undefined && answer.client_id !== clientId) throw invalid('client_id')
  requireApproved(answer, 'status')
  requireApproved(answer, 'refresh_token_status')
  return {
    standard: {
      access_token: answer.access_token,
      token_type: answer.token_type,
      expires_in: numberOf(answer.expires_in),
      refresh_token: answer.refresh_token,
      scope: answer.scope,
    },
    refreshLifetimeSeconds: numberOf(answer.refresh_token_expires_in),
    providerIssuedAtMs: numberOf(answer.issued_at),
    refreshCount: numberOf(answer.refresh_count),
  }
}

function requireApproved(answer: JsonObject, field: 'status' | 'refresh_token_status'): void {
  const value = answer[field]
  if (value === undefined) return
  if (typeof value !== 'string' || value.toLowerCase() !== 'approved') throw invalid(field)
}

// A string that is no plain decimal stays one, and is refused where a number is asked for.
function numberOf(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,15}(\.\d{1,6})?$/.test(value) ? Number(value) : value
}

// UPS: {"response":{"errors":[{"code":"10400","message":"..."}]}} where RFC 6749 section 5.2 has `error`.
// 10400 stands for every bad request, so that only the message tells a dead token from a wrong header.
function readRefusal(body: JsonObject): Refusal | null {
  const errors = (body.response as JsonObject | null | undefined)?.errors
  if (!Array.isArray(errors) || errors.length === 0) return null
  const subjects = errors.map((error: JsonObject | null) => subjectOf(error?.message))
  const code: unknown = (errors[0] as JsonObject | null)?.code
  return {
    // Ending a grant is final: with two complaints, the other one may be the cause.
    subject: subjects.every((subject) => subject === subjects[0]) ? (subjects[0] ?? null) : null,
    ...(typeof code === 'string' && /^-?\d{1,10}$/.test(code) ? { code } : {}),
  }
}

function subjectOf(message: unknown): Refusal['subject'] {
  if (typeof message !== 'string') return null
  // "Unsupported Grant Type" may go on to name the type: refresh_token, authorization_code.
  if (/grant[\s_-]*type/i.test(message)) return null
  if (/refresh[\s_-]*token/i.test(message)) return 'refresh-token'
  if (/client[\s_-]*(id|secret)\b/i.test(message)) return 'client'
  return /\bcode\b|authori[sz]ation[\s_-]*code|code[\s_-]*verifier/i.test(message) ? 'code' : null
}
