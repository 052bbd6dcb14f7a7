import { IsNull, Not, type EntityManager } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { timeAfter } from '../db/columns.js'
import type { MayAuthorize } from '../permissions.js'
import { InvitationEntity } from './invitation.entity.js'

/** What this person was invited to authorize: seen until the invitation's seven days are over, given once. */
export async function authorizeRightsOf(
  manager: EntityManager,
  userId: string,
  now: Date,
): Promise<MayAuthorize[]> {
  const accepted = await manager.findBy(InvitationEntity, {
    acceptedById: userId,
    expiresAt: timeAfter(now),
    applicationId: Not(IsNull()),
    withdrawnAt: IsNull(),
  })
  return accepted.flatMap(({ companyId, applicationId, usedAt }) =>
    applicationId ? [{ companyId, applicationId, isUsed: usedAt !== null }] : [],
  )
}

/** One completed opt-in uses up what a person was invited for. */
export async function useUpAuthorizeRight(
  manager: EntityManager,
  done: { userId: string; companyId: string; applicationId: ApplicationId },
  now: Date,
): Promise<void> {
  const { userId, companyId, applicationId } = done
  await manager.update(
    InvitationEntity,
    { acceptedById: userId, companyId, applicationId, usedAt: IsNull() },
    { usedAt: now },
  )
}
