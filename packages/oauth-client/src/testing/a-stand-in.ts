import { createStandIn, signInAndAgree, type StandIn } from '@optin-hub/ups-stand-in'
import {
  createUpsOAuthClient,
  Secret,
  type TokenSet,
  type UpsOAuthClient,
  type UpsOAuthClientOptions,
} from '../index.js'
import { clientId, clientSecret, now } from './a-client.js'

const baseUrl = 'http://127.0.0.1:4010'
const redirectUri = 'http://localhost:4000/oauth/callback/rating'

/** UPS.com in this process, one application registered with it, and a clock for both. */
export function aStandIn(options: Partial<UpsOAuthClientOptions> = {}) {
  const time = { now }
  const standIn = createStandIn({
    applications: [{ id: 'RATING', name: 'UPS Rating', clientId, clientSecret, redirectUri }],
    publicUrl: baseUrl,
    clock: () => time.now,
  })
  const client = createUpsOAuthClient({
    baseUrl,
    clientId,
    clientSecret: Secret.of(clientSecret),
    redirectUri,
    clock: () => time.now,
    fetch: standIn.fetch,
    ...options,
  })
  /** What UPS was asked beside authorize: whether it acted, and by which fault it was disturbed. */
  const tokenRequests = () => standIn.control.ledger().rows.filter(({ endpoint }) => endpoint !== 'authorize')
  return { standIn, client, time, tokenRequests }
}

/** A person signs in, agrees, and comes back. */
export async function aCallback(standIn: StandIn, client: UpsOAuthClient) {
  const { url, state, codeVerifier } = await client.authorizationUrl()
  const back = await signInAndAgree(standIn, url, { username: 'acme', password: 'ups-demo' })
  return { ...client.readCallback(back.searchParams, state), codeVerifier }
}

export async function anAuthorization(standIn: StandIn, client: UpsOAuthClient): Promise<TokenSet> {
  return client.exchangeCode(await aCallback(standIn, client))
}
