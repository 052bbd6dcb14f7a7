import {
  createStandIn,
  signInAndAgree,
  type StandIn,
  type StandInApplication,
  type StandInOptions,
} from '../stand-in.js'

export const RATING = {
  id: 'RATING',
  name: 'Intelligent Rating',
  clientId: 'rating-client',
  clientSecret: 'rating-secret',
  redirectUri: 'http://localhost:4000/oauth/callback/rating',
}

export const RETURNS = {
  id: 'CONSUMER_RETURNS',
  name: 'Intelligent Consumer Returns',
  clientId: 'returns-client',
  clientSecret: ['returns-secret-new', 'returns-secret-old'],
  redirectUri: 'http://localhost:4000/oauth/callback/consumer-returns',
}

export const OAUTH = 'http://127.0.0.1:4010/security/v1/oauth'
export const ACME = { username: 'acme', password: 'ups-demo' }
export const START = new Date('2026-08-01T12:00:00Z')

type Registered = Pick<StandInApplication, 'clientId' | 'redirectUri'>
export type TokenFields = Record<string, string>

/** A stand-in with a stopped clock, and what a faithful client does with it. */
export class Rehearsal {
  readonly standIn: StandIn

  constructor(options: Partial<StandInOptions> = {}) {
    this.standIn = createStandIn({ applications: [RATING, RETURNS], clock: () => START, ...options })
  }

  get control() {
    return this.standIn.control
  }

  fetch(url: string | URL, init: RequestInit = {}): Promise<Response> {
    return this.standIn.fetch(new Request(url, { redirect: 'manual', ...init }))
  }

  post(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return this.fetch(`${OAUTH}/${path}`, { method: 'POST', body: new URLSearchParams(fields), headers })
  }

  /** Through both pages of the log in, to the code. */
  async code(changes: Record<string, string> = {}, application: Registered = RATING): Promise<string> {
    const callback = await signInAndAgree(this.standIn, authorizationUrl(changes, application), ACME)
    return callback.searchParams.get('code') ?? ''
  }

  exchange(code: string, changes: Record<string, string> = {}): Promise<Response> {
    const fields = { grant_type: 'authorization_code', code, redirect_uri: RATING.redirectUri, ...changes }
    return this.post('token', fields, { authorization: basic(RATING) })
  }

  async optIn(): Promise<TokenFields> {
    const answer = await this.exchange(await this.code())
    return (await answer.json()) as TokenFields
  }

  refresh(refreshToken: string | undefined, authorization = basic(RATING)): Promise<Response> {
    const fields = { grant_type: 'refresh_token', refresh_token: refreshToken ?? '' }
    return this.post('refresh', fields, { authorization })
  }

  /** Whether an access token still opens a door at UPS. */
  async opens(accessToken: string | undefined): Promise<boolean> {
    const headers = { authorization: `Bearer ${accessToken}` }
    const answer = await this.fetch('http://127.0.0.1:4010/api/stand-in/v1/access-check', { headers })
    return answer.ok
  }

  /** Endpoint, outcome and whether it acted, of each row. */
  story(): string[] {
    const { rows } = this.control.ledger()
    return rows.map(({ endpoint, outcome, acted }) => `${endpoint} ${outcome}${acted ? ' acted' : ''}`)
  }
}

export function authorizationUrl(
  changes: Record<string, string> = {},
  application: Registered = RATING,
): URL {
  const url = new URL(`${OAUTH}/authorize`)
  const fields = {
    client_id: application.clientId,
    redirect_uri: application.redirectUri,
    response_type: 'code',
    state: 'a-state',
    ...changes,
  }
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value)
  return url
}

export function basic({ clientId, clientSecret }: { clientId: string; clientSecret: string }): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
}

export async function errorOf(
  answer: Response,
): Promise<{ status: number; code?: string; message?: string }> {
  const body = (await answer.json()) as { response: { errors: { code: string; message: string }[] } }
  return { status: answer.status, ...body.response.errors[0] }
}
