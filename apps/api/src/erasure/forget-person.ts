import type { EntityManager } from 'typeorm'
import { AccountLinkEntity } from '../account/account-link.entity.js'
import { SignUpEntity } from '../account/sign-up.entity.js'
import { forgetActor } from '../audit/pseudonyms.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { PendingAuthorizationEntity } from '../authorization/pending-authorization.entity.js'
import { newId } from '../db/new-id.js'
import { GroupMemberEntity } from '../group/group-member.entity.js'
import { InvitationEntity, withoutAddress } from '../invitation/invitation.entity.js'
import { forgetCustomer } from '../sales-order/forget-orders.js'
import { NoticePreferencesEntity } from '../notice/notice-preferences.entity.js'
import { NoticeEntity } from '../notice/notice.entity.js'
import { SessionEntity } from '../session/session.entity.js'
import { MembershipEntity } from '../user/membership.entity.js'
import { displayNameKey, signInNameKey, UserEntity } from '../user/user.entity.js'

const nameOfTheErased = 'Erased person'

/**
 * Every place that holds something about a person, one list; a test searches all tables for what it has missed. The row of
 * the user stays, since authorizations, clients and groups point at it: as a pseudonym, with nothing in it. The passwordHash
 * is of a password that nobody has.
 */
export async function forgetPerson(
  manager: EntityManager,
  { id: userId, emailKey }: UserEntity,
  unused: { now: Date; passwordHash: string },
): Promise<void> {
  await manager.delete(SessionEntity, { userId })
  await manager.delete(AccountLinkEntity, { userId })
  if (emailKey !== null) {
    await manager.delete(SignUpEntity, { emailKey })
    await manager.update(InvitationEntity, { emailKey }, { ...withoutAddress })
    await forgetCustomer(manager, emailKey)
  }
  await manager.update(InvitationEntity, { acceptedById: userId }, { ...withoutAddress })
  await manager.delete(MembershipEntity, { userId })
  await manager.delete(GroupMemberEntity, { userId })
  await manager.delete(NoticeEntity, { userId })
  await manager.delete(NoticePreferencesEntity, { userId })
  // Free text of who opted in: it may well be a name.
  await manager.update(AuthorizationEntity, { authorizedById: userId }, { upsProfileNote: null })
  await manager.update(PendingAuthorizationEntity, { userId }, { upsProfileNote: null })
  await forgetActor(manager, userId)
  const signInName = `erased-${newId(unused.now)}`
  await manager.update(
    UserEntity,
    { id: userId },
    {
      signInName,
      signInNameKey: signInNameKey(signInName),
      displayName: nameOfTheErased,
      displayNameKey: displayNameKey(nameOfTheErased),
      email: null,
      emailKey: null,
      passwordHash: unused.passwordHash,
      isSolutionAdmin: false,
      disabledAt: unused.now,
      lastSignInAt: null,
      erasedAt: unused.now,
    },
  )
}
