import { createUpsOAuthClient, type UpsOAuthClient } from '@optin-hub/oauth-client'
import type { Clock } from '../clock.js'
import type { Config } from '../config.js'
import type { Logger } from '../log.js'
import { applications, type ApplicationId } from './applications.js'
import { UpsClockWatch } from './watch-clock.js'

interface Surroundings {
  fetch: typeof fetch
  clock: Clock
  randomBytes: (size: number) => Buffer
  log: Pick<Logger, 'error' | 'info'>
  onClockSkew: (isOff: boolean) => void
}

/** One OAuth client per application: an own client id, secret and redirect path each, so none can answer for another (S-5, S-6). */
export class ApplicationService {
  readonly #clients: Map<ApplicationId, UpsOAuthClient>
  readonly #patientClients: Map<ApplicationId, UpsOAuthClient>

  constructor(config: Pick<Config, 'ups' | 'publicUrl'>, surroundings: Surroundings) {
    const { fetch, clock, randomBytes } = surroundings
    const options = { fetch, clock, randomBytes, watch: new UpsClockWatch(surroundings) }
    this.#clients = clients(config, options)
    this.#patientClients = clients(config, { ...options, timeoutMs: refreshTimeoutMs })
  }

  /** For what a person waits for: gives up after 30 seconds. */
  clientOf(id: ApplicationId): UpsOAuthClient {
    return found(this.#clients, id)
  }

  /** For refreshes: an answer given up would cost the company its consent, so it is awaited for five minutes. */
  patientClientOf(id: ApplicationId): UpsOAuthClient {
    return found(this.#patientClients, id)
  }
}

const refreshTimeoutMs = 5 * 60_000

function clients(
  config: Pick<Config, 'ups' | 'publicUrl'>,
  {
    watch,
    ...options
  }: Pick<Surroundings, 'fetch' | 'clock' | 'randomBytes'> & { watch: UpsClockWatch; timeoutMs?: number },
): Map<ApplicationId, UpsOAuthClient> {
  const { baseUrl } = config.ups
  return new Map(
    applications.map(({ id, slug }) => {
      const { clientId, clientSecrets, pkce } = config.ups.applications[id]
      const redirectUri = new URL(`/oauth/callback/${slug}`, config.publicUrl).href
      const credentials = { clientId, clientSecret: clientSecrets, redirectUri, pkce }
      return [id, watch.watch(createUpsOAuthClient({ ...options, ...credentials, baseUrl }))]
    }),
  )
}

function found(map: Map<ApplicationId, UpsOAuthClient>, id: ApplicationId): UpsOAuthClient {
  const client = map.get(id)
  if (!client) throw new Error(`no OAuth client for ${id}`)
  return client
}
