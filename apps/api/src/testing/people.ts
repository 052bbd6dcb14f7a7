import type { CompanyRole } from '../permissions.js'
import { demoPassword } from '../demo.seed.js'
import { hashPassword } from '../session/password.js'
import type { Browser } from './browser.js'
import type { TestApp } from './create-test-app.js'

interface Person {
  signInName: string
  email?: string
  isSolutionAdmin?: boolean
  roles?: Record<string, CompanyRole>
}

/** One more person, signed in; `roles` by company id. */
export async function signInAs(world: TestApp, person: Person): Promise<Browser> {
  const { signInName, email = null, isSolutionAdmin = false, roles = {} } = person
  const { database, services } = world.app
  const passwordHash = await hashPassword(demoPassword)
  await database.inTransaction(async (manager) => {
    const { id: userId } = await services.users.create(manager, {
      signInName,
      displayName: signInName,
      email,
      passwordHash,
      isSolutionAdmin,
    })
    for (const [companyId, role] of Object.entries(roles)) {
      await services.users.giveRole(manager, { userId, companyId, role })
    }
  })
  return world.as(signInName)
}
