import { createHash } from 'node:crypto'
import { clientOf } from './client-authentication.js'
import { refused, type Finding } from './finding.js'
import { hasRepeated, valueOf } from './parameters.js'
import type { Parts } from './parts.js'
import type { RefusalName } from './refusals.js'
import { isSame } from './secret-values.js'
import type { AuthorizationCode } from './state.js'
import { tokenAnswer } from './token-answer.js'

/** UPS: POST /security/v1/oauth/token, for codes only. */
export function token(request: Request, form: URLSearchParams | null, parts: Parts): Finding {
  if (request.method !== 'POST') return refused('method-refused')
  if (!form) return refused('content-type-refused')
  if (hasRepeated(form)) return refused('parameter-repeated')
  const verifier = valueOf(form, 'code_verifier')
  const client = clientOf(request, form, { parts, publicAllowed: verifier !== null })
  if ('finding' in client) return client.finding
  if (verifier !== null && !client.isPublic && parts.settings.quirks.basicWithVerifier === 'refuse') {
    return refused('basic-with-verifier-refused')
  }
  // UPS: refresh has a path of its own; the refresh grant is refused here.
  if (form.get('grant_type') !== 'authorization_code') return refused('grant-type-unsupported')
  const value = valueOf(form, 'code')
  if (value === null) return refused('code-missing')
  const code = parts.codes.find(value)
  // Of another application: as if it did not exist, and its rightful owner may still exchange it.
  if (code?.clientId !== client.application.clientId) return refused('code-unknown')
  return exchange(code, form, parts)
}

function exchange(code: AuthorizationCode, form: URLSearchParams, parts: Parts): Finding {
  if (code.usedAt !== null) return replayed(code, parts)
  if (parts.codes.isExpired(code)) return refused('code-expired')
  const wrong = whatIsWrong(code, form, parts)
  if (wrong !== null) {
    // The rightful client erred or the code is in foreign hands: either way it is spent.
    parts.codes.markUsed(code, null)
    return refused(wrong, { acted: true })
  }
  const { clientId, username, scope, issuedAt } = code
  const issued = parts.grants.begin({ clientId, username, scope, agreedAt: issuedAt })
  parts.codes.markUsed(code, issued.grant.id)
  const { id, generation } = issued.grant
  const response = tokenAnswer(issued, parts.settings, null)
  return { outcome: 'issued', acted: true, grantId: id, generation, response }
}

function whatIsWrong(code: AuthorizationCode, form: URLSearchParams, parts: Parts): RefusalName | null {
  if (form.get('redirect_uri') !== code.redirectUri) return 'redirect-mismatch'
  const verifier = valueOf(form, 'code_verifier')
  if (verifier === null) {
    const excused = code.codeChallenge === null || parts.settings.quirks.missingVerifier === 'accept'
    return excused ? null : 'verifier-refused'
  }
  // RFC 9700 4.8.2: a verifier without a challenge is a downgrade attack.
  if (code.codeChallenge === null || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return 'verifier-refused'
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  return isSame(challenge, code.codeChallenge) ? null : 'verifier-refused'
}

function replayed(code: AuthorizationCode, parts: Parts): Finding {
  const grant = code.grantId === null ? null : parts.grants.find(code.grantId)
  if (!grant) return refused('code-used')
  const revokes = parts.settings.quirks.replayedCode === 'revoke' && grant.voidedAt === null
  if (revokes) parts.grants.end(grant, 'code-reused')
  return refused('code-used', { acted: revokes, grantId: grant.id, generation: grant.generation })
}
