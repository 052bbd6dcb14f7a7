import { expect, vi } from 'vitest'
import type { App } from '../app.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { ApplicationId } from '../application/applications.js'

/** As if something about it had changed. */
export async function noteChange(
  { database, services }: App,
  companyId: string,
  applicationId: ApplicationId = 'RATING',
): Promise<void> {
  const where = { companyId, applicationId }
  const authorization = await database.reader.findOneByOrFail(AuthorizationEntity, where)
  await database.inTransaction((manager) => services.changes.note(manager, authorization))
}

/** From then on nothing is missed by so many of each, whose messages were still on their way. */
export const whenListening = async (atLeast: number, ...apps: App[]): Promise<void> => {
  for (const { services } of apps)
    await vi.waitFor(() => expect(services.changeReader.listening).toBeGreaterThanOrEqual(atLeast), {
      timeout: 10_000,
    })
}
