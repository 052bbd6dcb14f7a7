import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CompanyRole } from '../permissions.js'
import type { Browser } from '../testing/browser.js'
import { createTestApp } from '../testing/create-test-app.js'
import { signInAs } from '../testing/people.js'

/** Small enough that a sequence often meets the same person, company and group again. */
const people = [0, 1, 2]
const places = [0, 1]
const teams = [0, 1]
const role = fc.constantFrom<CompanyRole>('VIEWER', 'ADMIN')
const person = fc.constantFrom(...people)
const place = fc.constantFrom(...places)
const team = fc.constantFrom(...teams)

/** What gives comes more often than what takes away: else there is seldom anything to lose. */
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('createGroup' as const), team, role }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('changeGroupRole' as const), team, role }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deleteGroup' as const), team }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('addGroupMember' as const), team, person }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('removeGroupMember' as const), team, person }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('addGroupCompany' as const), team, place }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('removeGroupCompany' as const), team, place }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('changeMemberRole' as const), person, place, role }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('removeMember' as const), person, place }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

interface Team {
  role: CompanyRole
  members: Set<number>
  places: Set<number>
}

/** What ought to be, in the plainest words: who was given what, and by which group. */
class Model {
  readonly direct = new Map(places.map((where) => [`0 ${where}`, 'VIEWER']))
  readonly teams = new Map<number, Team>()

  take(done: Step): void {
    if (done.kind === 'changeMemberRole') {
      const key = `${done.person} ${done.place}`
      if (this.direct.has(key)) this.direct.set(key, done.role)
      return
    }
    if (done.kind === 'removeMember') return void this.direct.delete(`${done.person} ${done.place}`)
    if (done.kind === 'createGroup') {
      if (!this.teams.has(done.team))
        this.teams.set(done.team, { role: done.role, members: new Set(), places: new Set() })
      return
    }
    const found = this.teams.get(done.team)
    if (!found) return
    if (done.kind === 'deleteGroup') this.teams.delete(done.team)
    if (done.kind === 'changeGroupRole') found.role = done.role
    if (done.kind === 'removeGroupMember') found.members.delete(done.person)
    if (done.kind === 'addGroupCompany') found.places.add(done.place)
    if (done.kind === 'removeGroupCompany') found.places.delete(done.place)
    if (done.kind === 'addGroupMember') found.members.add(done.person)
  }

  hasByGroupOnly(who: number): boolean {
    return this.rolesOf(who).some((each) => !this.direct.has(`${who} ${each.slice(0, 1)}`))
  }

  rolesOf(who: number): string[] {
    return places.flatMap((where) => {
      const given = [...this.teams.values()]
        .filter(({ members, places: there }) => members.has(who) && there.has(where))
        .map(({ role: gives }) => gives)
      const all = [this.direct.get(`${who} ${where}`), ...given].filter((each) => each !== undefined)
      return all.length === 0 ? [] : [`${where} ${all.includes('ADMIN') ? 'ADMIN' : 'VIEWER'}`]
    })
  }
}

const documents: Record<Step['kind'], string> = {
  createGroup: 'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { id } }',
  changeGroupRole: 'mutation ($input: ChangeGroupRoleInput!) { changeGroupRole(input: $input) { id } }',
  deleteGroup: 'mutation ($id: ID!) { deleteGroup(id: $id) }',
  addGroupMember: 'mutation ($input: GroupMemberInput!) { addGroupMember(input: $input) { id } }',
  removeGroupMember: 'mutation ($input: GroupMemberInput!) { removeGroupMember(input: $input) { id } }',
  addGroupCompany: 'mutation ($input: GroupCompanyInput!) { addGroupCompany(input: $input) { id } }',
  removeGroupCompany: 'mutation ($input: GroupCompanyInput!) { removeGroupCompany(input: $input) { id } }',
  changeMemberRole: 'mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { id } }',
  removeMember: 'mutation ($input: RemoveMemberInput!) { removeMember(input: $input) }',
}

/** Three people, whom an admin knows from a company of their own, which is none of the two that it is about. */
async function cast() {
  const world = await createTestApp()
  const boss = await signInAs(world, { signInName: 'boss' })
  const home = await createCompany(boss, 'Home')
  const browsers: Browser[] = []
  const userIds: string[] = []
  for (const who of people) {
    const browser = await signInAs(world, { signInName: `person-${who}`, roles: { [home]: 'VIEWER' } })
    const { viewer } = await browser.data<{ viewer: { id: string } }>('{ viewer { id } }')
    browsers.push(browser)
    userIds.push(viewer.id)
  }
  return { world, boss, browsers, userIds }
}
type Cast = Awaited<ReturnType<typeof cast>>

async function createCompany(boss: Browser, name: string): Promise<string> {
  const { createCompany: created } = await boss.data<{ createCompany: { id: string } }>(
    'mutation ($input: CreateCompanyInput!) { createCompany(input: $input) { id } }',
    { input: { name } },
  )
  return created.id
}

/** Two new companies, in which the first of the three begins as a viewer. */
async function newPlaces({ world, boss, userIds: [userId = ''] }: Cast): Promise<string[]> {
  const companyIds = [await createCompany(boss, 'First'), await createCompany(boss, 'Second')]
  const { database, services } = world.app
  await database.inTransaction(async (manager) => {
    for (const companyId of companyIds)
      await services.users.giveRole(manager, { userId, companyId, role: 'VIEWER' })
  })
  return companyIds
}

interface Stage extends Cast {
  companyIds: string[]
  groupIds: Map<number, string>
}

async function carryOut({ boss, companyIds, userIds, groupIds }: Stage, now: Step): Promise<void> {
  if (now.kind === 'createGroup') {
    if (groupIds.has(now.team)) return
    const { createGroup } = await boss.data<{ createGroup: { id: string } }>(documents.createGroup, {
      input: { name: `Team ${now.team}`, role: now.role },
    })
    return void groupIds.set(now.team, createGroup.id)
  }
  const groupId = 'team' in now ? (groupIds.get(now.team) ?? 'none') : 'none'
  const variables = {
    id: groupId,
    input: {
      ...(now.kind === 'changeGroupRole' ? { id: groupId } : 'team' in now && { groupId }),
      ...('person' in now && { userId: userIds[now.person] }),
      ...('place' in now && { companyId: companyIds[now.place] }),
      ...('role' in now && { role: now.role }),
    },
  }
  const { errors } = await boss.query(documents[now.kind], variables)
  expect([undefined, 'NOT_FOUND']).toContain(errors?.[0]?.extensions.code)
  if (now.kind === 'deleteGroup') groupIds.delete(now.team)
}

async function seenBy(browser: Browser, companyIds: string[]): Promise<string[]> {
  const { viewer, companies } = await browser.data<{
    viewer: { memberships: { role: string; company: { id: string } }[] }
    companies: { edges: { node: { id: string } }[] }
  }>('{ viewer { memberships { role company { id } } } companies(first: 100) { edges { node { id } } } }')
  const seen = companies.edges.map(({ node }) => node.id)
  expect(seen.sort()).toEqual(viewer.memberships.map(({ company }) => company.id).sort())
  return viewer.memberships
    .filter(({ company }) => companyIds.includes(company.id))
    .map(({ role: has, company }) => `${companyIds.indexOf(company.id)} ${has}`)
    .sort()
}

it('gives, after any sequence of changes, what memberships and groups still give and nothing else', async () => {
  const all = await cast()
  let byGroupOnly = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 30 }), async (drawn) => {
      const begin = teams.map((each): Step => ({ kind: 'createGroup', team: each, role: 'VIEWER' }))
      const steps = [...begin, ...drawn]
      const stage = { ...all, companyIds: await newPlaces(all), groupIds: new Map<number, string>() }
      const model = new Model()
      for (const [index, now] of steps.entries()) {
        await carryOut(stage, now)
        model.take(now)
        const touched = 'person' in now ? now.person : (people[index % people.length] ?? 0)
        for (const who of index === steps.length - 1 ? people : [touched]) {
          const browser = all.browsers[who]
          if (browser) expect(await seenBy(browser, stage.companyIds)).toEqual(model.rolesOf(who))
          if (model.hasByGroupOnly(who)) byGroupOnly++
        }
      }
    }),
    { seed: 86, numRuns: 8, endOnFailure: true },
  )
  expect(byGroupOnly, 'rights that only a group gave').toBeGreaterThan(20)
}, 120_000)
