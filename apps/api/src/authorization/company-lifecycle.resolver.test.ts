import { expect, it } from 'vitest'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { optIn } from '../testing/opt-in.js'

const namesSeenBy = async (browser: Browser, asked = ''): Promise<string[]> => {
  const { companies } = await browser.data<{ companies: { edges: { node: { name: string } }[] } }>(
    `{ companies${asked} { edges { node { name } } } }`,
  )
  return companies.edges.map(({ node }) => node.name)
}

it('moves a renamed company to its new place in every list, also where it is not enrolled any more', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const solution = await world.as('solution.admin')
  const id = await companyIdOf(acme, 'Acme Outfitters')
  await optIn(world, acme, 'RATING')
  await optIn(world, acme, 'PICKUP_MANAGER')
  const one = (application: string) => `input: { companyId: "${id}", application: ${application} }`
  await acme.data(`mutation { withdrawCompany(${one('PICKUP_MANAGER')}) }`)

  await acme.data(`mutation { updateCompany(input: { id: "${id}", name: "  Zenith Outfitters " }) { id } }`)
  await acme.data(`mutation { enrolCompany(${one('PICKUP_MANAGER')}) { id } }`)
  await optIn(world, await renamedBack(acme, id), 'PICKUP_MANAGER')
  await acme.data(`mutation { updateCompany(input: { id: "${id}", name: "ZENITH" }) { id } }`)

  for (const browser of [acme, solution]) {
    expect(await namesSeenBy(browser, '(search: "zen")')).toEqual(['ZENITH'])
    expect(await namesSeenBy(browser, '(search: "zen", application: PICKUP_MANAGER)')).toEqual(['ZENITH'])
    expect(await namesSeenBy(browser, '(search: "acme")')).toEqual([])
  }
})

/** The helper that opts in looks for the company by its first name. */
async function renamedBack(acme: Browser, id: string): Promise<Browser> {
  await acme.data(`mutation { updateCompany(input: { id: "${id}", name: "Acme Outfitters" }) { id } }`)
  return acme
}

it('names the Account Executive of a company from its first day', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const create = (input: object) =>
    acme.query(
      'mutation ($input: CreateCompanyInput!) { createCompany(input: $input) { accountExecutive { name contact } } }',
      { input: { name: 'Fresh', ...input } },
    )
  const executive = {
    accountExecutiveName: 'Robin Ellis',
    accountExecutiveContact: 'https://example.com/robin',
  }
  expect(await create(executive)).toEqual({
    data: {
      createCompany: { accountExecutive: { name: 'Robin Ellis', contact: 'https://example.com/robin' } },
    },
  })
  for (const wrong of [
    { accountExecutiveContact: 'javascript:alert(1)' },
    { accountExecutiveContact: 'data:text/html,x' },
    { accountExecutiveName: 'a\u202eb' },
    { accountExecutiveName: 'x'.repeat(201) },
    { accountExecutiveContact: `https://${'x'.repeat(200)}` },
  ])
    expect((await create({ ...executive, ...wrong })).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ])
})

it('removes once when ten ask at the same moment, and knows the company no more', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const id = await companyIdOf(acme, 'Acme Outfitters')
  const remove = () => acme.query(`mutation { removeCompany(id: "${id}") }`)
  const answers = await Promise.all(Array.from({ length: 10 }, remove))
  const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'removed')
  expect(codes.sort()).toEqual([...Array<string>(9).fill('NOT_FOUND'), 'removed'])
  expect(await world.app.database.reader.countBy(AuditEventEntity, { name: 'company.removed' })).toBe(1)
  for (const again of [
    await remove(),
    await acme.query(`mutation { updateCompany(input: { id: "${id}", name: "Back" }) { id } }`),
  ])
    expect(again.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
})

it('leaves no enrolment behind when a company is enrolled and removed at the same moment', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const { createCompany } = await acme.data<{ createCompany: { id: string } }>(
    'mutation { createCompany(input: { name: "Fresh" }) { id } }',
  )
  const enrol = (application: string) =>
    acme.query(
      `mutation { enrolCompany(input: { companyId: "${createCompany.id}", application: ${application} }) { id } }`,
    )
  await Promise.all([
    enrol('RATING'),
    acme.query(`mutation { removeCompany(id: "${createCompany.id}") }`),
    enrol('PICKUP_MANAGER'),
    enrol('CONSUMER_RETURNS'),
  ])
  const [{ count } = { count: -1 }] = await world.app.database.reader.query<{ count: number | string }[]>(
    `SELECT COUNT(*) AS count FROM authorizations WHERE "companyId" = '${createCompany.id}' AND "withdrawnAt" IS NULL`,
  )
  expect(Number(count)).toBe(0)
})
