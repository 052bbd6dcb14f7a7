import { createUpsOAuthClient, Secret, type UpsOAuthClientOptions } from '../index.js'

export const clientId = 'CLIENTIDCLIENTID'
export const clientSecret = 'canary-client-secret'
export const now = new Date('2026-03-01T12:00:00.000Z')

/** What UPS answers to a good code or refresh token, every value a string. */
export const upsAnswer: Readonly<Record<string, unknown>> = {
  refresh_token_expires_in: '5183999',
  refresh_token_status: 'approved',
  token_type: 'Bearer',
  issued_at: String(now.getTime()),
  client_id: clientId,
  access_token: 'canary-access-token',
  refresh_token: 'canary-new-refresh-token',
  scope: 'read',
  refresh_token_issued_at: String(now.getTime()),
  expires_in: '3599',
  refresh_count: '0',
  status: 'approved',
}

/** The body of UPS for every refusal. */
export function upsErrors(...messages: string[]): object {
  return { response: { errors: messages.map((message) => ({ code: '10400', message })) } }
}

export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status })
}

interface Sent {
  request: Request
  form: URLSearchParams
}

/** A client whose UPS is the given function; `sent` holds every request that reached it. */
export function aClient(
  answer: (request: Request, turn: number) => Response | Promise<Response>,
  options: Partial<UpsOAuthClientOptions> = {},
) {
  const sent: Sent[] = []
  const fetch = async (request: Request) => {
    sent.push({ request, form: new URLSearchParams(await request.clone().text()) })
    return answer(request, sent.length)
  }
  const client = createUpsOAuthClient({
    baseUrl: 'https://ups.example',
    clientId,
    clientSecret: Secret.of(clientSecret),
    redirectUri: 'https://hub.example/oauth/callback/rating',
    clock: () => now,
    fetch: fetch as typeof globalThis.fetch,
    ...options,
  })
  return { client, sent }
}

/** What a promise was rejected with; a promise that is kept fails the test. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('The promise was kept.')
}
