import { In, type EntityManager } from 'typeorm'
import { SalesOrderEntity } from './sales-order.entity.js'

/** Orders name people. They are kept for as long as somebody may still send something back, and for a long look back. */
const keptMs = 2 * 365 * 24 * 3600_000

/** By company, whose indexes lead there: those of all companies together would only tempt a planner elsewhere. */
const ofAnyCompany = '"companyId" IN (SELECT id FROM companies)'
const ofRemovedCompanies = '"companyId" IN (SELECT id FROM companies WHERE "removedAt" IS NOT NULL)'

/** A person who wants to be forgotten may have ordered something; that it was ordered is the company's to know. */
export async function forgetCustomer(manager: EntityManager, emailKey: string): Promise<void> {
  await manager
    .createQueryBuilder()
    .update(SalesOrderEntity)
    .set({ email: null, emailKey: '', contactName: null })
    .where(`${ofAnyCompany} AND "emailKey" = :emailKey`, { emailKey })
    .execute()
}

/** Answers how many went. */
export function deleteSomeOfRemoved(manager: EntityManager, atOnce: number): Promise<number> {
  return deleteSome(manager, ofRemovedCompanies, { atOnce })
}

/** Answers how many went. */
export function deleteSomeThatAreOver(manager: EntityManager, now: Date, atOnce: number): Promise<number> {
  const before = now.getTime() - keptMs
  return deleteSome(manager, `${ofAnyCompany} AND "addedAt" < :before`, { before, atOnce })
}

async function deleteSome(
  manager: EntityManager,
  condition: string,
  { atOnce, ...parameters }: { atOnce: number; before?: number },
): Promise<number> {
  const orders = await manager
    .createQueryBuilder(SalesOrderEntity, 'placed')
    .select('placed.id')
    .where(condition, parameters)
    .limit(atOnce)
    .getMany()
  if (orders.length > 0) await manager.delete(SalesOrderEntity, { id: In(orders.map(({ id }) => id)) })
  return orders.length
}
