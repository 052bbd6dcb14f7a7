import type { EntityManager } from 'typeorm'
import { PendingAuthorizationEntity } from './pending-authorization.entity.js'

/** Somebody who gives the password again in one tab is still the one who is at UPS.com in another. */
export async function goOnInSession(manager: EntityManager, formerId: string, id: string): Promise<void> {
  await manager.update(PendingAuthorizationEntity, { sessionId: formerId }, { sessionId: id })
}
