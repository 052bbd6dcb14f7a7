export interface Refusal {
  status: number
  code: string
  message: string
}

/**
 * Every way the three OAuth endpoints say no. UPS: errors sit under `response.errors`, compact, the code before the
 * message, and UPS's own clients break on an apostrophe. Documented or observed are those marked so; the words of
 * the others are our assumption, in the same family.
 */
const REFUSALS = {
  'authorization-missing': invalid('Invalid/Missing Authorization Header'), // documented
  'client-refused': { status: 401, code: '10401', message: 'ClientId is Invalid' }, // documented
  'redirect-mismatch': invalid('Invalid Redirect URL'), // observed at authorize
  'grant-type-unsupported': invalid('Unsupported Grant Type'), // observed
  'refresh-token-missing': invalid('Invalid/Missing Refresh Token'), // observed
  'refresh-token-unknown': invalid('Invalid/Missing Refresh Token'), // observed
  'refresh-token-used': invalid('Invalid/Missing Refresh Token'),
  'refresh-token-expired': invalid('Invalid/Missing Refresh Token'),
  'grant-void': invalid('Invalid/Missing Refresh Token'),
  'response-type-unsupported': invalid('Invalid/Missing Response Type'),
  'challenge-invalid': invalid('Invalid Code Challenge'),
  'challenge-method-refused': invalid('Invalid Code Challenge Method'),
  'code-missing': invalid('Invalid/Missing Authorization Code'),
  'code-unknown': invalid('Invalid/Missing Authorization Code'),
  'code-used': invalid('Invalid/Missing Authorization Code'),
  'code-expired': invalid('Invalid/Missing Authorization Code'),
  'verifier-refused': invalid('Invalid/Missing Code Verifier'),
  'basic-with-verifier-refused': invalid('Invalid/Missing Authorization Header'),
  'parameter-repeated': invalid('Invalid Request'),
  'content-type-refused': invalid('Invalid/Missing Content-Type Header'),
  'method-refused': { status: 405, code: '10405', message: 'Method Not Allowed' },
} satisfies Record<string, Refusal>

export type RefusalName = keyof typeof REFUSALS

const BY_REASON: Partial<Record<RefusalName, string>> = {
  'refresh-token-used': 'Refresh Token Already Used',
  'refresh-token-expired': 'Refresh Token Expired',
  'grant-void': 'Refresh Token Revoked',
}

function invalid(message: string): Refusal {
  return { status: 400, code: '10400', message }
}

export function upsError(status: number, code: string, message: string): Response {
  return new Response(JSON.stringify({ response: { errors: [{ code, message }] } }), {
    status,
    headers: { 'content-type': 'application/json' },
  })
}

export function refusal(name: RefusalName, style: 'one-message' | 'by-reason' = 'one-message'): Response {
  const { status, code, message } = REFUSALS[name]
  return upsError(status, code, (style === 'by-reason' && BY_REASON[name]) || message)
}

export function errorOf(name: RefusalName): Refusal {
  return REFUSALS[name]
}
