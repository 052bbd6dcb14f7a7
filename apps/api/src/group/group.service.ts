import type { EntityManager } from 'typeorm'
import type { AuditEventName } from '../audit/audit-events.js'
import type { AuditRecord, AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { companyErrors } from '../company/company.errors.js'
import type { CompanyService } from '../company/company.service.js'
import { requireFreshAuthentication, requireViewer, type RequestContext } from '../context.js'
import { newId } from '../db/new-id.js'
import { heldRow, type Database } from '../db/transaction.js'
import { can, type CompanyRole, type Viewer } from '../permissions.js'
import type { UserService } from '../user/user.service.js'
import { GroupCompanyEntity } from './group-company.entity.js'
import { GroupMemberEntity } from './group-member.entity.js'
import { groupNameKey, GroupEntity } from './group.entity.js'
import { groupErrors } from './group.errors.js'
import type { GroupStanding, GroupTies } from './group-standing.js'
import { tiesOf } from './group-ties.js'

/** Of people and of companies alike: what one change writes stays bounded. */
const largestGroup = 500

interface Surroundings {
  database: Database
  clock: Clock
  companies: CompanyService
  users: UserService
  audit: AuditService
}

interface HeldGroup extends GroupTies {
  entity: GroupEntity
  standing: GroupStanding
}

interface GroupEvent {
  name: AuditEventName
  groupId: string
  companyId?: string
  details?: Record<string, string>
}

interface NewGroup {
  name: string
  role: CompanyRole
  keeperId: string
  companyIds?: readonly string[]
  userIds?: readonly string[]
}

type Work<T> = (manager: EntityManager, group: HeldGroup) => Promise<T>

/** Groups and what is in them. A change of what a group gives works at once, since rights are read per request. */
export class GroupService {
  constructor(private readonly on: Surroundings) {}

  async create(context: RequestContext, fresh: { name: string; role: CompanyRole }): Promise<GroupEntity> {
    const viewer = requireViewer(context)
    if (!can(viewer, 'group.create')) throw groupErrors.GROUP_NOT_YOURS_TO_CHANGE()
    return this.on.database.inTransaction(async (manager) => {
      const entity = await this.put(manager, { ...fresh, keeperId: viewer.userId })
      await this.#record(manager, context, { name: 'group.created', groupId: entity.id })
      return entity
    })
  }

  /** Without asking who may: for who has asked, and for the demo. */
  async put(manager: EntityManager, fresh: NewGroup): Promise<GroupEntity> {
    const { name, role, keeperId, companyIds = [], userIds = [] } = fresh
    const now = this.on.clock()
    const id = newId(now)
    const group = { id, name: name.trim(), nameKey: groupNameKey(name), role, keeperId, createdAt: now }
    const entity = manager.create(GroupEntity, group)
    await manager.insert(GroupEntity, entity)
    const tie = () => ({ id: newId(now), groupId: id, createdAt: now })
    for (const companyId of companyIds) await manager.insert(GroupCompanyEntity, { ...tie(), companyId })
    for (const userId of userIds) await manager.insert(GroupMemberEntity, { ...tie(), userId })
    return entity
  }

  rename(context: RequestContext, { id, name }: { id: string; name: string }): Promise<GroupEntity> {
    return this.#change(context, id, async (manager, group) => {
      await this.#update(manager, group, { name: name.trim(), nameKey: groupNameKey(name) })
      await this.#recordOf(manager, context, { name: 'group.renamed', group })
    })
  }

  changeRole(context: RequestContext, { id, role }: { id: string; role: CompanyRole }): Promise<GroupEntity> {
    return this.#change(context, id, async (manager, group) => {
      if (group.entity.role === role) return
      if (role === 'ADMIN') requireFreshAuthentication(context)
      await this.#update(manager, group, { role })
      await this.#recordOf(manager, context, { name: 'group.role_changed', group, details: { role } })
    })
  }

  async delete(context: RequestContext, id: string): Promise<void> {
    await this.#change(context, id, async (manager, group) => {
      await manager.delete(GroupMemberEntity, { groupId: id })
      await manager.delete(GroupCompanyEntity, { groupId: id })
      await manager.delete(GroupEntity, { id })
      await this.#recordOf(manager, context, { name: 'group.deleted', group })
    })
  }

  /** Only who is known to the manager already: a member of a company that the manager is an admin of. */
  addMember(context: RequestContext, key: { groupId: string; userId: string }): Promise<GroupEntity> {
    return this.#change(context, key.groupId, async (manager, group) => {
      const person = await this.on.users.viewerOf(key.userId, manager)
      if (!person || !isKnownTo(requireViewer(context), person)) throw groupErrors.GROUP_MEMBER_NOT_FOUND()
      requireFreshAuthentication(context)
      if (await manager.existsBy(GroupMemberEntity, { ...key })) return
      await this.#requireRoom(await manager.countBy(GroupMemberEntity, { groupId: key.groupId }))
      const now = this.on.clock()
      await manager.insert(GroupMemberEntity, { ...key, id: newId(now), createdAt: now })
      const details = { userId: key.userId }
      await this.#recordOf(manager, context, { name: 'group.member_added', group, details })
    })
  }

  removeMember(context: RequestContext, key: { groupId: string; userId: string }): Promise<GroupEntity> {
    return this.#change(context, key.groupId, (manager, group) =>
      this.#dropMember(manager, context, { group, userId: key.userId }),
    )
  }

  /** Nobody has to keep a right that a group gave. */
  async leave(context: RequestContext, id: string): Promise<void> {
    const { userId } = requireViewer(context)
    await this.#hold(context, id, async (manager, group) => {
      if (!group.isMember) throw groupErrors.GROUP_NOT_FOUND()
      await this.#dropMember(manager, context, { group, userId })
    })
  }

  async addCompany(
    context: RequestContext,
    key: { groupId: string; companyId: string },
  ): Promise<GroupEntity> {
    const viewer = requireViewer(context)
    return this.#change(context, key.groupId, async (manager, group) => {
      if (!(await this.on.companies.findVisible(context, key.companyId))) {
        throw companyErrors.COMPANY_NOT_FOUND()
      }
      if (!can(viewer, 'group.manage', key.companyId)) throw groupErrors.COMPANY_NOT_YOURS_TO_GROUP()
      requireFreshAuthentication(context)
      if (group.companyIds.includes(key.companyId)) return
      await this.#requireRoom(await manager.countBy(GroupCompanyEntity, { groupId: key.groupId }))
      const now = this.on.clock()
      await manager.insert(GroupCompanyEntity, { ...key, id: newId(now), createdAt: now })
      await this.#record(manager, context, { name: 'group.company_added', ...key })
    })
  }

  /** For an admin of that company, whoever manages the group: what others put together must not bind a company. */
  removeCompany(context: RequestContext, key: { groupId: string; companyId: string }): Promise<GroupEntity> {
    const viewer = requireViewer(context)
    return this.#hold(context, key.groupId, async (manager, group) => {
      if (!group.companyIds.includes(key.companyId)) throw companyErrors.COMPANY_NOT_FOUND()
      if (!can(viewer, 'group.manage', key.companyId)) throw groupErrors.COMPANY_NOT_YOURS_TO_GROUP()
      await manager.delete(GroupCompanyEntity, { ...key })
      if (group.companyIds.length === 1) await this.#update(manager, group, { keeperId: viewer.userId })
      await this.#record(manager, context, { name: 'group.company_removed', ...key })
      return group.entity
    })
  }

  async #dropMember(
    manager: EntityManager,
    context: RequestContext,
    { group, userId }: { group: HeldGroup; userId: string },
  ): Promise<void> {
    const { affected } = await manager.delete(GroupMemberEntity, { groupId: group.entity.id, userId })
    if (affected === 0) return
    await this.#recordOf(manager, context, { name: 'group.member_removed', group, details: { userId } })
  }

  async #change(context: RequestContext, id: string, work: Work<void>): Promise<GroupEntity> {
    return this.#hold(context, id, async (manager, group) => {
      if (group.standing !== 'MANAGES') throw groupErrors.GROUP_NOT_YOURS_TO_CHANGE()
      await work(manager, group)
      return group.entity
    })
  }

  /** The group, held until the transaction ends, so that what was checked about it is what is changed. */
  async #hold<T>(context: RequestContext, id: string, work: Work<T>): Promise<T> {
    const viewer = requireViewer(context)
    const result = await this.on.database.inTransaction(async (manager) => {
      const entity = await manager.findOne(GroupEntity, { where: { id }, ...heldRow(manager) })
      const ties = entity && (await tiesOf(manager, viewer, [entity])).get(id)
      if (!ties || ties.standing === 'NONE') throw groupErrors.GROUP_NOT_FOUND()
      return work(manager, { ...ties, entity })
    })
    // The change may have been of one's own rights; what else this request answers goes by those of now.
    context.actAs(await this.on.users.viewerOf(viewer.userId))
    return result
  }

  async #update(manager: EntityManager, group: HeldGroup, changes: Partial<GroupEntity>): Promise<void> {
    await manager.update(GroupEntity, { id: group.entity.id }, changes)
    Object.assign(group.entity, changes)
  }

  async #requireRoom(count: number): Promise<void> {
    if (count >= largestGroup) throw groupErrors.GROUP_FULL()
  }

  /** Once for each company that the group reaches into, so that each finds it in its own trail. */
  async #recordOf(
    manager: EntityManager,
    context: RequestContext,
    event: { name: AuditEventName; group: HeldGroup; details?: Record<string, string> },
  ): Promise<void> {
    const { group, ...rest } = event
    const record = { ...rest, groupId: group.entity.id }
    if (group.companyIds.length === 0) return this.#record(manager, context, record)
    await this.on.audit.recordForEach(manager, recordOf(context, record), group.companyIds)
  }

  #record(manager: EntityManager, context: RequestContext, event: GroupEvent): Promise<void> {
    return this.on.audit.record(manager, recordOf(context, event))
  }
}

function recordOf(context: RequestContext, { groupId, details, ...event }: GroupEvent): AuditRecord {
  return {
    ...event,
    actorId: context.viewer?.userId ?? null,
    requestId: context.requestId,
    details: { groupId, ...details },
  }
}

function isKnownTo(viewer: Viewer, person: Viewer): boolean {
  const shares = [...person.companyRoles.keys()].some((companyId) => can(viewer, 'member.change', companyId))
  return shares || person.userId === viewer.userId
}
