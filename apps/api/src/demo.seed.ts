import { applicationIds } from './application/applications.js'
import type { Services } from './app-services.js'
import { demoOrders } from './sales-order/sales-orders.seed.js'
import { CompanyEntity } from './company/company.entity.js'
import type { Database } from './db/transaction.js'
import { hashPassword } from './session/password.js'
import { UserEntity } from './user/user.entity.js'

/** Known to everybody, therefore refused outside stand-in mode: `main.ts` seeds the demo only there. */
export const demoPassword = 'opt-in-hub-demo'

const demoCompanies = [
  {
    company: {
      name: 'Acme Outfitters',
      accountExecutiveName: 'Robin Ellis',
      accountExecutiveContact: 'robin.ellis@example.com',
    },
    orders: { count: 48, prefix: 'ACME' },
    admin: { signInName: 'acme.admin', displayName: 'Avery Acme', email: 'avery@acme.example' },
  },
  {
    company: {
      name: 'Demonstration Company',
      accountExecutiveName: 'Robin Ellis',
      accountExecutiveContact: 'robin.ellis@example.com',
    },
    orders: { count: 30, prefix: 'DEMO' },
    admin: { signInName: 'demo.admin', displayName: 'Drew Demo', email: 'drew@demonstration.example' },
  },
] as const

/** People and companies to try the hub with, on a database that has none yet; answers whether it had none. */
export async function seedDemo(database: Database, services: Services): Promise<boolean> {
  if ((await database.reader.count(UserEntity)) > 0) return false
  const passwordHash = await hashPassword(demoPassword)
  return database.inTransaction(async (manager) => {
    if ((await manager.count(UserEntity)) > 0 || (await manager.count(CompanyEntity)) > 0) return false
    for (const { company, admin, orders } of demoCompanies) {
      const created = await services.companies.create(manager, company)
      const { id: userId } = await services.users.create(manager, {
        ...admin,
        passwordHash,
        isSolutionAdmin: false,
      })
      await services.users.giveRole(manager, { userId, companyId: created.id, role: 'ADMIN' })
      for (const applicationId of applicationIds) {
        await services.enrolments.enrolNew(manager, created, applicationId)
      }
      await services.orderImports.put(manager, created.id, {
        orders: demoOrders(orders.count, orders.prefix, created.createdAt),
        onProgress: () => undefined,
      })
    }
    await services.users.create(manager, {
      signInName: 'solution.admin',
      displayName: 'Sol Admin',
      email: null,
      passwordHash,
      isSolutionAdmin: true,
    })
    return true
  })
}

/** A group to look at, which gives nobody more than they have: its one member is an admin of its one company. */
export async function seedDemoGroup(database: Database, services: Services): Promise<void> {
  await database.inTransaction(async (manager) => {
    const [{ admin, company }] = demoCompanies
    const { id: userId } = await manager.findOneByOrFail(UserEntity, { signInName: admin.signInName })
    const { id: companyId } = await manager.findOneByOrFail(CompanyEntity, { name: company.name })
    const group = { name: 'Returns desk', role: 'VIEWER' as const, keeperId: userId }
    await services.groups.put(manager, { ...group, companyIds: [companyId], userIds: [userId] })
  })
}
