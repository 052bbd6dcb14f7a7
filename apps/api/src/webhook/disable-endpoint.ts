import { In, IsNull, Not, type EntityManager } from 'typeorm'
import { ApiClientGrantEntity } from '../api-client/api-client-grant.entity.js'
import { ApiClientEntity } from '../api-client/api-client.entity.js'
import type { AuditService } from '../audit/audit.service.js'
import { webhookDisabled } from '../mail/letters/webhook.js'
import type { MailService } from '../mail/mail.service.js'
import { adminsOf } from '../notice/company-admins.js'
import { UserEntity } from '../user/user.entity.js'
import { WebhookDeliveryEntity } from './webhook-delivery.entity.js'
import { WebhookEndpointEntity, type DisabledReason } from './webhook-endpoint.entity.js'

interface Surroundings {
  audit: AuditService
  mail: MailService
}

interface Disabling {
  endpoint: WebhookEndpointEntity
  reason: DisabledReason
  now: Date
}

/** Nothing is sent there any more, and whoever can put it right is told. */
export async function disableEndpoint(
  manager: EntityManager,
  { endpoint: { id, clientId, url }, reason, now }: Disabling,
  { audit, mail }: Surroundings,
): Promise<void> {
  await manager.update(WebhookEndpointEntity, { id }, { disabledAt: now, disabledReason: reason })
  await manager.update(
    WebhookDeliveryEntity,
    { endpointId: id, dueAt: Not(IsNull()), isTest: false },
    { dueAt: null, claimedUntil: null, outcome: 'WITHDRAWN' },
  )
  const client = await manager.findOneByOrFail(ApiClientEntity, { id: clientId })
  const grants = await manager.findBy(ApiClientGrantEntity, { clientId })
  const companyIds = [...new Set(grants.map(({ companyId }) => companyId))]
  if (companyIds.length === 0) return
  const details = { clientId, webhookEndpointId: id, reason }
  await audit.recordForEach(manager, { name: 'webhook.endpoint_disabled', details }, companyIds)
  const letter = webhookDisabled(client.name, { host: new URL(url).host, reason })
  for (const address of await addressesOfManagers(manager, client, companyIds))
    await mail.post(manager, address, letter)
}

/** As `ApiClientRights` has it: whoever is an admin of all companies that grant, and who created the client, if of one. */
async function addressesOfManagers(
  manager: EntityManager,
  { createdById }: ApiClientEntity,
  companyIds: readonly string[],
): Promise<string[]> {
  const admins = [...(await adminsOf(manager, companyIds)).values()]
  const ids = new Set(admins.flat())
  const managing = [...ids].filter((id) => id === createdById || admins.every((some) => some.includes(id)))
  const people = await manager.findBy(UserEntity, { id: In(managing), disabledAt: IsNull() })
  return people.flatMap(({ email }) => email ?? [])
}
