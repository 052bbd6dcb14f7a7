import { Not } from 'typeorm'
import { describe, expect, it } from 'vitest'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { PendingAuthorizationEntity } from '../authorization/pending-authorization.entity.js'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp, type TestApp } from '../testing/create-test-app.js'
import { optIn } from '../testing/opt-in.js'
import { signInAs } from '../testing/people.js'
import { MembershipEntity } from '../user/membership.entity.js'
import { CompanyEntity } from './company.entity.js'

const one = (rest = '') => `input: { companyId: $id, application: RATING${rest} }`

/** What one does with a company. Whom every operation refuses is told by the object matrix. */
const operations: Record<string, string> = {
  company: 'query ($id: ID!) { company(id: $id) { id name authorizations { id } } }',
  authorization:
    'query ($id: ID!) { authorization(companyId: $id, application: RATING) { id company { name } } }',
  beginOptIn: `mutation ($id: ID!) { beginOptIn(${one(', returnTo: RATING_COMPANY_MANAGER')}) { id } }`,
  optOut: `mutation ($id: ID!) { optOut(${one()}) { id } }`,
  refreshToken: `mutation ($id: ID!) { refreshToken(${one()}) { id } }`,
  updateCompany: 'mutation ($id: ID!) { updateCompany(input: { id: $id, name: "Taken over" }) { id } }',
  removeCompany: 'mutation ($id: ID!) { removeCompany(id: $id) }',
  enrolCompany: `mutation ($id: ID!) { enrolCompany(${one()}) { id } }`,
  withdrawCompany: `mutation ($id: ID!) { withdrawCompany(${one()}) }`,
  changeMemberRole:
    'mutation ($id: ID!) { changeMemberRole(input: { companyId: $id, userId: "nobody", role: ADMIN }) { id } }',
  removeMember: 'mutation ($id: ID!) { removeMember(input: { companyId: $id, userId: "nobody" }) }',
  inviteUser:
    'mutation ($id: ID!) { inviteUser(input: { companyId: $id, email: "new@example.com", role: ADMIN }) { id } }',
  inviteToAuthorize: `mutation ($id: ID!) { inviteToAuthorize(${one(', email: "new@example.com"')}) { id } }`,
  createApiClient:
    'mutation ($id: ID!) { createApiClient(input: { name: "Portal", companyIds: [$id], applications: [RATING], scopes: [STATUS_READ] }) { key } }',
}

const nullable = ['company', 'authorization']

async function answerTo(browser: Browser, operation: string, id: string): Promise<string> {
  const answer = await browser.post(JSON.stringify({ query: operations[operation], variables: { id } }))
  return answer.body.replaceAll(String(answer.headers['x-request-id']), 'the request')
}

/** All but that somebody was refused, which is recorded. */
const everything = async ({ app: { database } }: TestApp) =>
  JSON.stringify([
    await Promise.all(
      [CompanyEntity, AuthorizationEntity, PendingAuthorizationEntity, MembershipEntity].map((entity) =>
        database.reader.find(entity as typeof CompanyEntity, { order: { id: 'ASC' } }),
      ),
    ),
    await database.reader.find(AuditEventEntity, {
      where: { name: Not('access.refused') },
      order: { id: 'ASC' },
    }),
  ])

interface Page {
  companies: {
    edges: { cursor: string; node: { id: string; name: string } }[]
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null }
    totalCount: number
  }
}

async function pageOf(browser: Browser, asked: object): Promise<Page['companies']> {
  const { companies } = await browser.data<Page>(
    `query ($first: Int! = 25, $after: String, $search: String) {
      companies(first: $first, after: $after, search: $search) {
        edges { cursor node { id name } } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount
      }
    }`,
    asked,
  )
  return companies
}

const namesOf = (page: Page['companies']): string[] => page.edges.map(({ node }) => node.name)

const create = async (browser: Browser, name: string): Promise<string> => {
  const { createCompany } = await browser.data<{ createCompany: { id: string } }>(
    'mutation ($input: CreateCompanyInput!) { createCompany(input: $input) { id } }',
    { input: { name, applications: ['RATING'] } },
  )
  return createCompany.id
}

describe('whose company', () => {
  it('is in no list of somebody else, nor found by searching', async () => {
    const world = await createTestApp()
    const admin = await world.as('acme.admin')
    expect(namesOf(await pageOf(admin, {}))).toEqual(['Acme Outfitters'])
    expect(await pageOf(admin, { search: 'demo' })).toMatchObject({ edges: [], totalCount: 0 })
  })

  it('lets a viewer look and nothing else', async () => {
    const world = await createTestApp()
    const admin = await world.as('acme.admin')
    const id = await companyIdOf(admin, 'Acme Outfitters')
    await optIn(world, admin, 'RATING')
    const viewer = await signInAs(world, { signInName: 'looker', roles: { [id]: 'VIEWER' } })
    const before = await everything(world)
    for (const operation of Object.keys(operations)) {
      const answer = JSON.parse(await answerTo(viewer, operation, id)) as object
      if (nullable.includes(operation))
        expect(answer).toMatchObject({ data: { [operation]: { id: expect.any(String) as string } } })
      else
        expect([operation, answer]).toMatchObject([
          operation,
          { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
        ])
    }
    expect(await everything(world)).toBe(before)
  })
})

describe('the list', () => {
  it('pages in the order of the names, without a gap or a repetition, also among equal names', async () => {
    const world = await createTestApp()
    const admin = await world.as('acme.admin')
    for (const name of [
      'Zeta',
      'acme outfitters',
      'ACME OUTFITTERS',
      '🐪 Camel',
      'Ähnlich',
      '50% off',
      '_',
      'Zeta',
    ])
      await create(admin, name)
    const all = await pageOf(admin, { first: 100 })
    expect(all.totalCount).toBe(9)
    expect(namesOf(all).map((name) => name.toLowerCase())).toEqual([
      '50% off',
      '_',
      'acme outfitters',
      'acme outfitters',
      'acme outfitters',
      'zeta',
      'zeta',
      'ähnlich',
      '🐪 camel',
    ])
    for (const first of [1, 2, 3, 4, 8, 9]) {
      const seen: string[] = []
      for (let after: string | null = null, turns = 0; turns < 20; turns++) {
        const page: Page['companies'] = await pageOf(admin, { first, after })
        expect([page.totalCount, page.pageInfo.hasPreviousPage]).toEqual([9, after !== null])
        seen.push(...page.edges.map(({ node }) => node.id))
        after = page.pageInfo.endCursor
        if (!page.pageInfo.hasNextPage) break
      }
      expect(seen).toEqual(all.edges.map(({ node }) => node.id))
    }
  })

  it('finds names by their beginning, taking every character for itself', async () => {
    const world = await createTestApp()
    const admin = await world.as('acme.admin')
    const names = [
      '%',
      '_',
      'a%b',
      'a_b',
      'aXb',
      "O'Brien",
      '"Quoted"',
      '\\',
      '🐪 Camel',
      '🐫',
      'Straße',
      '[x]',
      'ﬁne',
    ]
    for (const name of names) await create(admin, name)
    const find = async (search: string) => namesOf(await pageOf(admin, { search }))
    expect(await find('%')).toEqual(['%'])
    expect(await find('_')).toEqual(['_'])
    expect(await find('A%')).toEqual(['a%b'])
    expect(await find('a_')).toEqual(['a_b'])
    expect(await find("o'b")).toEqual(["O'Brien"])
    expect(await find("o' OR '1'='1")).toEqual([])
    expect(await find('"')).toEqual(['"Quoted"'])
    expect(await find('\\')).toEqual(['\\'])
    expect(await find('🐪')).toEqual(['🐪 Camel'])
    expect(await find('STRAß')).toEqual(['Straße'])
    expect(await find('[')).toEqual(['[x]'])
    expect(await find('Ｆｉ')).toEqual(['ﬁne'])
    expect(await find('  acme ')).toEqual(['Acme Outfitters'])
    expect(await find('outfitters')).toEqual([])
    expect(await find('x'.repeat(200))).toEqual([])
    expect((await find('  ')).length).toBe(14)
  })

  it('refuses page sizes out of range, and cursors that are forged or of another list', async () => {
    const world = await createTestApp()
    const admin = await world.as('acme.admin')
    await create(admin, 'Beta')
    await optIn(world, admin, 'RATING')
    const id = await companyIdOf(admin, 'Acme Outfitters')
    const history = (application: string) => `query ($id: ID!, $after: String) {
      authorization(companyId: $id, application: ${application}) { tokenHistory(after: $after) { edges { cursor } } }
    }`
    const reasonOf = async (query: string, variables: object) =>
      (await admin.query(query, variables)).errors?.[0]?.extensions.reason
    const list =
      'query ($first: Int! = 5, $after: String) { companies(first: $first, after: $after) { totalCount } }'
    for (const first of [0, -1, 101, 2_147_483_647])
      expect(await reasonOf(list, { first })).toBe('PAGE_SIZE_OUT_OF_RANGE')
    for (const first of [null, 2_147_483_648, 1.5, '5'])
      expect(await reasonOf(list, { first })).toBe('VARIABLE_NOT_VALID')

    const { companies: page } = { companies: await pageOf(admin, { first: 1 }) }
    const good = page.edges[0]?.cursor ?? ''
    const { authorization } = await admin.data<{
      authorization: { tokenHistory: { edges: { cursor: string }[] } }
    }>(history('RATING'), { id })
    const ofHistory = authorization.tokenHistory.edges[0]?.cursor ?? ''
    const [body = '', tag = ''] = JSON.parse(Buffer.from(good, 'base64url').toString()) as string[]
    const forge = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
    const forged = [
      '',
      'x',
      ofHistory,
      forge(body.replace('acme', 'zzzz'), tag),
      forge(body, `${tag.slice(0, -1)}${tag.endsWith('0') ? '1' : '0'}`),
      forge(body, ''),
      forge(body),
      forge(body, [tag]),
      Buffer.from('null').toString('base64url'),
      good.slice(0, -4),
    ]
    for (const after of forged)
      expect([after, await reasonOf(list, { after })]).toEqual([after, 'CURSOR_NOT_VALID'])
    expect(await reasonOf(list, { after: good })).toBeUndefined()
    expect(await reasonOf(history('RATING'), { id, after: ofHistory })).toBeUndefined()
    expect(await reasonOf(history('RATING'), { id, after: good })).toBe('CURSOR_NOT_VALID')
    expect(await reasonOf(history('PICKUP_MANAGER'), { id, after: ofHistory })).toBe('CURSOR_NOT_VALID')
  })

  it('asks the database as often for ten companies as for two', async () => {
    const world = await createTestApp()
    const admin = await world.as('acme.admin')
    await create(admin, 'Beta')
    const { connection } = world.app.database.reader
    const statements: string[] = []
    const silent = () => undefined
    connection.logger = {
      logQuery: (statement) => void statements.push(statement),
      logQueryError: silent,
      logQuerySlow: silent,
      logSchemaBuild: silent,
      logMigration: silent,
      log: silent,
    }
    const count = async (companies: number) => {
      statements.length = 0
      const { companies: list } = await admin.data<{ companies: { edges: unknown[] } }>(
        `{ companies { totalCount notYetAuthorizedCount edges { node { name accountExecutive { name }
          authorizations { company { name } vaultKey tokens { issuedAt } authorizedBy { displayName } } } } } }`,
      )
      expect(list.edges.length).toBe(companies)
      return statements.length
    }
    const forTwo = await count(2)
    expect(forTwo).toBeLessThan(12)
    for (let index = 0; index < 8; index++) await create(admin, `Company ${index}`)
    expect(await count(10)).toBe(forTwo)
  })
})

describe('what a company may be called', () => {
  const update =
    'mutation ($input: UpdateCompanyInput!) { updateCompany(input: $input) { name accountExecutive { name contact } } }'

  it('refuses names that are not what they look like', async () => {
    const world = await createTestApp()
    const admin = await world.as('acme.admin')
    const id = await companyIdOf(admin, 'Acme Outfitters')
    const before = await everything(world)
    const names = [
      '',
      ' ',
      '\t\n',
      'a\u0007b',
      'a\nb',
      'a\u007fb',
      'a\u0085b',
      'a\u00adb',
      'a\u200bb',
      'a\u200db',
      'a\u2060b',
      'a\ufeffb',
      'a\u202eb',
      'a\u2066b',
      'a\u061cb',
      'a\u2028b',
      'a\u2029b',
      'a\ue000b',
      'a\ud800b',
      'a\u034fb',
      '\u3164',
      '\u115f',
      '\u2800',
      '\uffa0',
      'a\u{e0041}b',
      'x'.repeat(201),
    ]
    for (const name of names) {
      for (const [document, input] of [
        ['mutation ($input: CreateCompanyInput!) { createCompany(input: $input) { id } }', { name }],
        [update, { id, name }],
        [update, { id, accountExecutiveName: name }],
      ] as const) {
        if ('accountExecutiveName' in input && name.trim() === '') continue
        const { errors } = await admin.query(document, { input })
        expect([name, errors?.[0]?.extensions.code]).toEqual([name, 'BAD_USER_INPUT'])
      }
    }
    expect(await everything(world)).toBe(before)
    for (const name of ["O'Brien & Söhne, 東京 🐪 <b>", 'x'.repeat(200), '❤️ Café'])
      expect(await admin.data(update, { input: { id, name: ` ${name} `.slice(0, 200) } })).toMatchObject({
        updateCompany: { name: name.slice(0, 199).trim() },
      })
  })

  it('takes a mail address, a phone number or an https link to reach the Account Executive by, and nothing that runs', async () => {
    const world = await createTestApp()
    const admin = await world.as('acme.admin')
    const id = await companyIdOf(admin, 'Acme Outfitters')
    const set = (input: object) => admin.query(update, { input: { id, ...input } })
    const refused = [
      'javascript:alert(1)',
      'JAVASCRIPT:alert(1)',
      ' javascript:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,<script>',
      'vbscript:x',
      'file:///etc/passwd',
      'http://example.com',
      '//example.com',
      'https://',
      'https:// example.com',
      'https://exa\u202emple.com',
      'https://exa\u200bmple.com',
      'a\u200b@example.com',
      'robin@',
      '@example.com',
      'javascript:a@b.c',
      'a@b@c',
      'call me',
      '12',
      '\n\n\n\n\n\n',
      '-----',
    ]
    for (const accountExecutiveContact of refused) {
      const { errors } = await set({ accountExecutiveContact })
      expect([accountExecutiveContact, errors?.[0]?.extensions]).toMatchObject([
        accountExecutiveContact,
        { code: 'BAD_USER_INPUT', details: { fields: ['accountExecutiveContact'] } },
      ])
    }
    for (const contact of [
      'robin@example.com',
      '+49 (0)30 / 123-45',
      'https://example.com/robin?x=1',
      "o'brien+x@sub.example.co",
    ]) {
      const { data } = await set({ accountExecutiveName: 'Robin', accountExecutiveContact: contact })
      expect(data).toMatchObject({ updateCompany: { accountExecutive: { name: 'Robin', contact } } })
    }
  })

  it('leaves alone what is left out, clears what is emptied, and refuses to clear the name', async () => {
    const world = await createTestApp()
    const admin = await world.as('acme.admin')
    const id = await companyIdOf(admin, 'Acme Outfitters')
    const set = (input: object) => admin.query(update, { input: { id, ...input } })
    const executive = { name: 'Robin Ellis', contact: 'robin.ellis@example.com' }
    const answers = [
      [{}, { name: 'Acme Outfitters', accountExecutive: executive }],
      [{ name: 'Acme' }, { name: 'Acme', accountExecutive: executive }],
      [
        { accountExecutiveContact: '' },
        { name: 'Acme', accountExecutive: { name: executive.name, contact: null } },
      ],
      [
        { accountExecutiveContact: '12345', accountExecutiveName: null },
        { name: 'Acme', accountExecutive: null },
      ],
      [
        { accountExecutiveName: 'Kim' },
        { name: 'Acme', accountExecutive: { name: 'Kim', contact: '12345' } },
      ],
      [{ accountExecutiveContact: null }, { name: 'Acme', accountExecutive: { name: 'Kim', contact: null } }],
      [{ accountExecutiveName: '' }, { name: 'Acme', accountExecutive: null }],
    ] as const
    for (const [input, company] of answers)
      expect(await set(input)).toEqual({ data: { updateCompany: company } })
    expect((await set({ name: null })).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', details: { fields: ['name'] } } },
    ])

    await Promise.all([set({ name: 'Acme & Co' }), set({ accountExecutiveName: 'Lee' })])
    expect(await set({})).toEqual({
      data: { updateCompany: { name: 'Acme & Co', accountExecutive: { name: 'Lee', contact: null } } },
    })
    expect(namesOf(await pageOf(admin, { search: 'acme &' }))).toEqual(['Acme & Co'])
  })
})
