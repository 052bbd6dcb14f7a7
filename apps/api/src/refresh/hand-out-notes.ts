import type { EntityManager } from 'typeorm'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { VaultService } from '../vault/vault.service.js'
import { handOutNotedEveryMs, planRefresh } from './refresh-policy.js'

interface Surroundings {
  vault: Pick<VaultService, 'find'>
  random: () => number
}

/** That a token was handed out makes its authorization active. Written in the transaction of the hand-out, at most hourly. */
export class HandOutNotes {
  constructor(private readonly on: Surroundings) {}

  async note(manager: EntityManager, authorizationId: string, at: Date): Promise<void> {
    const authorization = await manager.findOneBy(AuthorizationEntity, { id: authorizationId })
    const tokens = await this.on.vault.find(manager, authorizationId)
    if (!authorization || !tokens || !isDue(authorization, at)) return
    const plan = planRefresh({ ...tokens, lastHandedOutAt: at }, at, this.on.random())
    const { nextRefreshAt, urgentAt } = plan
    const planned = authorization.problemSince ? {} : { nextRefreshAt, urgentAt }
    await manager.update(AuthorizationEntity, { id: authorizationId }, { lastHandedOutAt: at, ...planned })
  }

  /** Of authorizations that the transaction holds and has just read. */
  async noteAll(manager: EntityManager, held: readonly AuthorizationEntity[], at: Date): Promise<void> {
    for (const authorization of held)
      if (isDue(authorization, at)) await this.note(manager, authorization.id, at)
  }
}

const isDue = ({ lastHandedOutAt }: AuthorizationEntity, at: Date): boolean =>
  !lastHandedOutAt || at.getTime() - lastHandedOutAt.getTime() >= handOutNotedEveryMs
