import { clientOf } from './client-authentication.js'
import { refused, type Finding } from './finding.js'
import { hasRepeated, valueOf } from './parameters.js'
import type { Parts } from './parts.js'
import { refusal } from './refusals.js'
import { endsTheGrant, whyRefused } from './rotation.js'
import { tokenAnswer } from './token-answer.js'

/** UPS: POST /security/v1/oauth/refresh, a path of its own, with Basic. */
export function refresh(request: Request, form: URLSearchParams | null, parts: Parts): Finding {
  if (request.method !== 'POST') return refused('method-refused')
  if (!form) return refused('content-type-refused')
  if (hasRepeated(form)) return refused('parameter-repeated')
  const publicAllowed = parts.settings.quirks.publicRefresh === 'accept'
  const client = clientOf(request, form, { parts, publicAllowed })
  if ('finding' in client) return client.finding
  if (form.get('grant_type') !== 'refresh_token') return refused('grant-type-unsupported')
  const value = valueOf(form, 'refresh_token')
  if (value === null) return refused('refresh-token-missing')
  return rotate(value, client.application.clientId, parts)
}

function rotate(value: string, clientId: string, parts: Parts): Finding {
  const { grants, settings } = parts
  const presented = grants.byRefreshToken(value)
  if (presented?.grant.clientId !== clientId) return refused('refresh-token-unknown')
  const { grant, token } = presented
  const reason = whyRefused(presented, settings.rotation, parts.now())
  if (reason !== null) {
    const ends = endsTheGrant(reason, settings.rotation)
    if (ends) grants.end(grant, 'refresh-token-reused')
    const response = refusal(reason, settings.quirks.refreshRefusal)
    return refused(reason, { acted: ends, grantId: grant.id, generation: token.generation, response })
  }
  const issued = grants.refresh(presented)
  const { id, generation } = issued.grant
  const response = tokenAnswer(issued, settings, value)
  return { outcome: 'refreshed', acted: true, grantId: id, generation, response }
}
