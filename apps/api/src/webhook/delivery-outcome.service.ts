import { IsNull, Not, type EntityManager } from 'typeorm'
import { ApiClientGrantEntity } from '../api-client/api-client-grant.entity.js'
import { ApiClientEntity } from '../api-client/api-client.entity.js'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { timeAfter } from '../db/columns.js'
import { heldRow, type Database } from '../db/transaction.js'
import type { MailService } from '../mail/mail.service.js'
import type { Tally } from '../tally.js'
import type { Claimed } from './delivery-claims.js'
import { disableEndpoint } from './disable-endpoint.js'
import type { Posted } from './guarded-post.js'
import { disabledAfterMs, nextTryAt, restMs, retryAfterMs } from './retry-policy.js'
import { WebhookDeliveryEntity } from './webhook-delivery.entity.js'
import { WebhookEndpointEntity } from './webhook-endpoint.entity.js'

const gone = 410

interface Surroundings {
  database: Database
  clock: Clock
  random: () => number
  audit: AuditService
  mail: MailService
  tally: Tally
}

type Settlement = Partial<
  Pick<WebhookDeliveryEntity, 'dueAt' | 'claimedUntil' | 'outcome' | 'statusCode' | 'failure'>
>

/** What an attempt changes: the delivery, and what is known of its endpoint. */
export class DeliveryOutcomeService {
  constructor(private readonly on: Surroundings) {}

  /** The client's rights are those of this moment; without them nothing is sent, now or later. */
  async mayStillBeTold({ delivery, endpoint, event }: Claimed): Promise<boolean> {
    const { reader } = this.on.database
    const { clientId } = endpoint
    const isAlive = await reader.existsBy(ApiClientEntity, { id: clientId, revokedAt: IsNull() })
    if (isAlive && delivery.isTest) return true
    const which = event && { companyId: event.companyId, applicationId: event.applicationId }
    const granted = which && { clientId, ...which, mayReadStatus: true }
    if (isAlive && granted && (await reader.existsBy(ApiClientGrantEntity, granted))) return true
    const withdrawn = { dueAt: null, claimedUntil: null, outcome: 'WITHDRAWN' as const }
    await this.on.database.inTransaction((manager) => settleDelivery(manager, delivery, withdrawn))
    return false
  }

  async settle({ delivery, endpoint }: Claimed, posted: Posted): Promise<void> {
    const statusCode = 'failure' in posted ? null : posted.statusCode
    const isTaken = statusCode !== null && statusCode >= 200 && statusCode < 300
    const settlement = isTaken ? this.#taken() : this.#refused(delivery, posted)
    await this.on.database.inTransaction(async (manager) => {
      const isMine = await settleDelivery(manager, delivery, {
        ...settlement,
        statusCode,
        claimedUntil: null,
      })
      if (!isMine || delivery.isTest) return
      const where = { id: endpoint.id }
      const held = await manager.findOne(WebhookEndpointEntity, { where, ...heldRow(manager) })
      // Removed, or sent elsewhere meanwhile.
      if (held?.url !== endpoint.url) return
      if (isTaken) await this.#worked(manager, held)
      else await this.#failed(manager, held, { isGone: statusCode === gone, settlement })
    })
    this.on.tally.add('webhooks', { outcome: outcomeOf(settlement) })
  }

  #taken(): Settlement {
    return { dueAt: null, outcome: 'DELIVERED', failure: null }
  }

  #refused({ attempts, createdAt, isTest }: WebhookDeliveryEntity, posted: Posted): Settlement {
    const now = this.on.clock()
    const isAnswer = !('failure' in posted)
    const asked = isAnswer ? retryAfterMs(posted.retryAfter, now) : null
    const tried = { attempts, createdAt, now, retryAfterMs: asked }
    const isOver = isTest || (isAnswer && posted.statusCode === gone)
    const dueAt = isOver ? null : nextTryAt(tried, this.on.random())
    const failure = isAnswer ? 'REFUSED_BY_RECEIVER' : posted.failure
    return { dueAt, failure, outcome: dueAt ? null : 'GIVEN_UP' }
  }

  /** What has waited for a receiver that was down goes out now, and not each at its own late hour. */
  async #worked(manager: EntityManager, { id, failingSince }: WebhookEndpointEntity): Promise<void> {
    const now = this.on.clock()
    const well = { failures: 0, failingSince: null, restUntil: null, lastDeliveredAt: now }
    await manager.update(WebhookEndpointEntity, { id }, well)
    if (!failingSince) return
    const waiting = { endpointId: id, dueAt: timeAfter(now), claimedUntil: IsNull() }
    await manager.update(WebhookDeliveryEntity, waiting, { dueAt: now })
  }

  async #failed(
    manager: EntityManager,
    endpoint: WebhookEndpointEntity,
    { isGone, settlement }: { isGone: boolean; settlement: Settlement },
  ): Promise<void> {
    const now = this.on.clock()
    const failures = endpoint.failures + 1
    const failingSince = endpoint.failingSince ?? now
    const restUntil = new Date(now.getTime() + restMs(failures))
    await manager.update(WebhookEndpointEntity, { id: endpoint.id }, { failures, failingSince, restUntil })
    const isHopeless =
      settlement.outcome === 'GIVEN_UP' && now.getTime() - failingSince.getTime() >= disabledAfterMs
    if (endpoint.disabledAt || !(isGone || isHopeless)) return
    await disableEndpoint(manager, { endpoint, reason: isGone ? 'GONE' : 'FAILING', now }, this.on)
  }
}

/** Unless the claim has lapsed and another process has taken it in hand, or nothing is left to do. */
async function settleDelivery(
  manager: EntityManager,
  { id, attempts }: WebhookDeliveryEntity,
  settlement: Settlement,
): Promise<boolean> {
  const mine = { id, attempts, dueAt: Not(IsNull()) }
  const { affected } = await manager.update(WebhookDeliveryEntity, mine, settlement)
  return affected === 1
}

const outcomeOf = ({ outcome }: Settlement): string => outcome?.toLowerCase() ?? 'failed'
