import type { IssuedTokens } from './grants.js'
import type { Settings } from './settings.js'

/**
 * UPS: twelve fields, each a string; the times are epoch milliseconds, the lifetimes seconds. No field says whose
 * tokens they are.
 */
export function tokenAnswer(issued: IssuedTokens, settings: Settings, presented: string | null): Response {
  const { quirks } = settings
  const { grant } = issued
  const fields: Record<string, string | number> = {
    ...refreshFields(issued, settings, presented),
    status: 'approved',
    token_type: 'Bearer',
    issued_at: issued.issuedAt,
    client_id: grant.clientId,
    access_token: issued.accessToken,
    expires_in: issued.accessSeconds,
  }
  if (quirks.scopeInAnswer !== 'absent') fields['scope'] = quirks.scopeInAnswer === 'value' ? grant.scope : ''
  if (quirks.refreshCountInAnswer === 'present') fields['refresh_count'] = grant.refreshCount
  const asSent = (value: string | number) => (quirks.numbers === 'strings' ? String(value) : value)
  const body = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, asSent(value)]))
  const headers = new Headers({ 'content-type': 'application/json' })
  if (quirks.cacheControl === 'no-store') {
    headers.set('cache-control', 'no-store')
    headers.set('pragma', 'no-cache')
  }
  return new Response(JSON.stringify(body), { status: 200, headers })
}

function refreshFields(
  issued: IssuedTokens,
  { quirks }: Settings,
  presented: string | null,
): Record<string, string | number> {
  const token = issued.refreshToken ?? (quirks.unrotatedRefreshToken === 'echoed' ? presented : null)
  if (token === null) return {}
  const { issuedAt, expiresAt } = issued.refreshRecord
  // Seconds from this answer on, so that the token that is echoed, or has an absolute window, ends when it ends.
  const lifeSeconds = Math.floor((expiresAt - issued.issuedAt) / 1000)
  return {
    refresh_token: token,
    refresh_token_status: 'approved',
    refresh_token_issued_at: issuedAt,
    refresh_token_expires_in: lifeSeconds,
  }
}
