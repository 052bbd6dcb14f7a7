import type { AuthorizationServer } from 'oauth4webapi'
import type { JsonObject, TokenAnswer } from './token-set.js'

/** What an error answer is about, as far as it says so. */
export interface Refusal {
  /** `grant`: whichever of code and refresh token was sent (RFC 6749 section 5.2, invalid_grant). */
  subject: 'refresh-token' | 'code' | 'grant' | 'client' | null
  /** Short and from a closed set of shapes: it goes into errors and logs. */
  code?: string
}

/** One authorization server and its habits; `ups-profile.ts` is the only one outside tests. */
export interface ProviderProfile {
  server: AuthorizationServer
  /** The same server, with the endpoint for refreshes as its token endpoint. */
  refreshServer: AuthorizationServer
  /** The value of the `Authorization` header. */
  authenticate(clientId: string, clientSecret: string): string
  /** Whether the code is exchanged with the verifier in place of the client secret, not beside it. */
  verifierReplacesSecret: boolean
  challengeParameters(challenge: string): Record<string, string>
  readCode(code: string): string
  /** @throws {OAuthError} TOKEN_ANSWER_INVALID */
  readTokenAnswer(answer: JsonObject, clientId: string): TokenAnswer
  /** Null when the body has another shape; the RFC 6749 section 5.2 one is understood without a profile. */
  readRefusal(body: JsonObject): Refusal | null
}
