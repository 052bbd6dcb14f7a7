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

/** People and companies to try the hub with, on a database that has none yet. */
export async function seedDemo(database: Database, services: Services): Promise<void> {
  if ((await database.reader.count(UserEntity)) > 0) return
  const passwordHash = await hashPassword(demoPassword)
  await database.inTransaction(async (manager) => {
    if ((await manager.count(UserEntity)) > 0 || (await manager.count(CompanyEntity)) > 0) return
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
  })
}
