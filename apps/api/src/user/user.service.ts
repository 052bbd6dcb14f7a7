import { In, IsNull, type EntityManager } from 'typeorm'
import type { Clock } from '../clock.js'
import { CompanyEntity } from '../company/company.entity.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import type { CompanyRole, Viewer } from '../permissions.js'
import { MembershipEntity } from './membership.entity.js'
import { displayNameKey, emailKey, signInNameKey, UserEntity } from './user.entity.js'
import type { MembershipType } from './user.type.js'

export interface NewUser {
  signInName: string
  displayName: string
  email: string | null
  passwordHash: string
  isSolutionAdmin: boolean
}

/** Adds what a person may do otherwise than by a membership: slices above this one know of that. */
export type WithOtherRights = (direct: Viewer, manager: EntityManager) => Promise<Viewer>

export class UserService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly withOtherRights: WithOtherRights,
  ) {}

  async create(manager: EntityManager, fresh: NewUser): Promise<UserEntity> {
    const now = this.clock()
    const user = manager.create(UserEntity, {
      ...fresh,
      id: newId(now),
      signInNameKey: signInNameKey(fresh.signInName),
      displayNameKey: displayNameKey(fresh.displayName),
      emailKey: fresh.email === null ? null : emailKey(fresh.email),
      createdAt: now,
      disabledAt: null,
      lastSignInAt: null,
      erasedAt: null,
    })
    await manager.insert(UserEntity, user)
    return user
  }

  async giveRole(
    manager: EntityManager,
    membership: { userId: string; companyId: string; role: CompanyRole },
  ): Promise<void> {
    const now = this.clock()
    await manager.insert(MembershipEntity, { ...membership, id: newId(now), createdAt: now })
  }

  findBySignInName(signInName: string): Promise<UserEntity | null> {
    return this.database.reader.findOneBy(UserEntity, { signInNameKey: signInNameKey(signInName) })
  }

  findByEmail(manager: EntityManager, email: string): Promise<UserEntity | null> {
    return manager.findOneBy(UserEntity, { emailKey: emailKey(email) })
  }

  async isNameTaken(manager: EntityManager, signInName: string): Promise<boolean> {
    return manager.existsBy(UserEntity, { signInNameKey: signInNameKey(signInName) })
  }

  async change(manager: EntityManager, id: string, changes: Partial<UserEntity>): Promise<void> {
    await manager.update(UserEntity, { id }, changes)
  }

  async noteSignIn(manager: EntityManager, id: string): Promise<void> {
    await manager.update(UserEntity, { id }, { lastSignInAt: this.clock() })
  }

  /** The same password, hashed with the parameters of today; unless it has been changed meanwhile. */
  async rehash(manager: EntityManager, user: UserEntity, passwordHash: string): Promise<void> {
    const { id, passwordHash: former } = user
    await manager.update(UserEntity, { id, passwordHash: former }, { passwordHash })
  }

  findMany(ids: readonly string[]): Promise<UserEntity[]> {
    return this.database.reader.findBy(UserEntity, { id: In([...ids]) })
  }

  /** Who has been erased is nobody any more. */
  findPresent(id: string): Promise<UserEntity | null> {
    return this.database.reader.findOneBy(UserEntity, { id, erasedAt: IsNull() })
  }

  /** The rights of this moment; null if there is no such person, or they are shut out. In a transaction, those that it will commit under. */
  async viewerOf(userId: string, manager: EntityManager = this.database.reader): Promise<Viewer | null> {
    const user = await manager.findOneBy(UserEntity, { id: userId })
    if (!user || user.disabledAt) return null
    const memberships = await manager.findBy(MembershipEntity, { userId })
    const direct = {
      userId,
      isSolutionAdmin: user.isSolutionAdmin,
      companyRoles: new Map(memberships.map(({ companyId, role }) => [companyId, role])),
      mayAuthorize: [],
    }
    return this.withOtherRights(direct, manager)
  }

  /** What a person may do where, as this viewer may know it: all of one's own, of others in companies one shares. */
  async membershipsOf(userId: string, viewer: Viewer): Promise<MembershipType[]> {
    const person = userId === viewer.userId ? viewer : await this.viewerOf(userId)
    const memberships = [...(person?.companyRoles ?? [])]
      .map(([companyId, role]) => ({ companyId, role }))
      .filter(({ companyId }) => userId === viewer.userId || viewer.companyRoles.has(companyId))
    const ids = memberships.map(({ companyId }) => companyId)
    const companies = await this.database.reader.findBy(CompanyEntity, { id: In(ids) })
    const byId = new Map(
      companies.filter(({ removedAt }) => !removedAt).map((company) => [company.id, company]),
    )
    return memberships
      .flatMap(({ companyId, role }) => {
        const company = byId.get(companyId)
        return company ? [{ company, role }] : []
      })
      .sort((a, b) => (a.company.nameKey < b.company.nameKey ? -1 : 1))
  }
}
