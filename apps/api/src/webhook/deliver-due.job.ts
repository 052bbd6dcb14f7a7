import type { Clock } from '../clock.js'
import type { Logger } from '../log.js'
import type { Sealer } from '../seal.js'
import { messageOf } from '../event/event-message.js'
import type { Claimed, DeliveryClaims } from './delivery-claims.js'
import type { DeliveryOutcomeService } from './delivery-outcome.service.js'
import { guardedPost, type PostLimits } from './guarded-post.js'
import type { Way } from './host-addresses.js'
import { testEventType } from './new-delivery.js'
import { signedHeaders } from './signing.js'
import { formerSecretContext, secretContext, type WebhookEndpointEntity } from './webhook-endpoint.entity.js'

/** Under way at once in this process; of one endpoint and of one company, so that those that hang hold up no other (S-118). */
const most = { all: 32, ofEndpoint: 2, ofCompany: 8 }

interface Surroundings {
  clock: Clock
  sealer: Sealer
  log: Pick<Logger, 'error'>
  claims: DeliveryClaims
  outcomes: DeliveryOutcomeService
  way: Way
  postLimits?: PostLimits
}

interface Flight {
  endpointId: string
  companyId: string | null
  landed: Promise<void>
}

export class DeliverDueJob {
  readonly #flights = new Set<Flight>()
  #filling: Promise<void> | null = null
  #isWanted = false
  #isClosing = false

  constructor(private readonly on: Surroundings) {}

  /** Begins what is due, as far as there is room; whatever lands makes room for the next. */
  tick(): Promise<void> {
    this.#isWanted = true
    this.#filling ??= this.#fill().finally(() => (this.#filling = null))
    return this.#filling
  }

  /** Until nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.#filling || this.#flights.size > 0) {
      await this.#filling?.catch(() => undefined)
      await Promise.all([...this.#flights].map(({ landed }) => landed))
    }
  }

  async stop(): Promise<void> {
    this.#isClosing = true
    await this.settled()
  }

  async #fill(): Promise<void> {
    // Woken while it claims, it claims once more: what has landed since may have made room.
    while (this.#isWanted && !this.#isClosing) {
      this.#isWanted = false
      const endpoints = Math.floor((most.all - this.#flights.size) / most.ofEndpoint)
      if (endpoints <= 0) continue
      const claimed = await this.on.claims.take({
        endpoints,
        perEndpoint: most.ofEndpoint,
        perCompany: most.ofCompany,
        underWay: [...this.#flights],
      })
      for (const each of claimed) this.#begin(each)
      if (claimed.length > 0) this.#isWanted = true
    }
  }

  #begin(claimed: Claimed): void {
    const { endpointId, companyId } = claimed.delivery
    const landed = this.#deliver(claimed)
      .catch((err: unknown) => this.on.log.error({ err, endpointId }, 'a webhook could not be settled'))
      .then(() => {
        this.#flights.delete(flight)
        void this.tick().catch((err: unknown) => this.on.log.error({ err }, 'webhooks could not be claimed'))
      })
    const flight: Flight = { endpointId, companyId, landed }
    this.#flights.add(flight)
  }

  async #deliver(claimed: Claimed): Promise<void> {
    const { delivery, endpoint, event } = claimed
    if (!(await this.on.outcomes.mayStillBeTold(claimed))) return
    const now = this.on.clock()
    const data = { webhookEndpointId: endpoint.id }
    const message = event
      ? messageOf(event)
      : { type: testEventType, timestamp: delivery.createdAt.toISOString(), data }
    const body = JSON.stringify(message)
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Opt-In-Hub-Webhooks',
      ...signedHeaders({ id: delivery.eventId, at: now, body }, this.#secretsOf(endpoint, now)),
    }
    const posted = await guardedPost(this.on.way, { url: endpoint.url, headers, body }, this.on.postLimits)
    await this.on.outcomes.settle(claimed, posted)
  }

  #secretsOf(endpoint: WebhookEndpointEntity, now: Date) {
    const { secret, formerSecret, formerSecretUntil } = endpoint
    const secrets = [this.on.sealer.open(secret, secretContext(endpoint))]
    if (formerSecret && formerSecretUntil && now < formerSecretUntil)
      secrets.push(this.on.sealer.open(formerSecret, formerSecretContext(endpoint)))
    return secrets
  }
}
