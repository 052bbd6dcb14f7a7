import { createUpsOAuthClient, type UpsOAuthClient } from '@optin-hub/oauth-client'
import type { Clock } from '../clock.js'
import type { Config } from '../config.js'
import { applications, type ApplicationId } from './applications.js'

interface Surroundings {
  fetch: typeof fetch
  clock: Clock
  randomBytes: (size: number) => Buffer
}

/** One OAuth client per application: an own client id, secret and redirect path each, so none can answer for another (S-5, S-6). */
export class ApplicationService {
  readonly #clients: Map<ApplicationId, UpsOAuthClient>

  constructor(config: Pick<Config, 'ups' | 'publicUrl'>, surroundings: Surroundings) {
    this.#clients = new Map(
      applications.map(({ id, slug }) => {
        const { clientId, clientSecrets, pkce } = config.ups.applications[id]
        const redirectUri = new URL(`/oauth/callback/${slug}`, config.publicUrl).href
        return [
          id,
          createUpsOAuthClient({
            ...surroundings,
            baseUrl: config.ups.baseUrl,
            clientId,
            clientSecret: clientSecrets,
            redirectUri,
            pkce,
          }),
        ]
      }),
    )
  }

  clientOf(id: ApplicationId): UpsOAuthClient {
    const client = this.#clients.get(id)
    if (!client) throw new Error(`no OAuth client for ${id}`)
    return client
  }
}
