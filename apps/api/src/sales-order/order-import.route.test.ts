import { expect, it } from 'vitest'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { signInAs } from '../testing/people.js'
import { csvHeaders, sendFile } from '../testing/send-file.js'
import type { Imported } from './order-import.service.js'
import { SalesOrderEntity } from './sales-order.entity.js'

const demo = 48

async function acme() {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const path = `/imports/sales-orders/${companyId}`
  const last = async (file: string | Buffer, way = path) =>
    (await sendFile<Imported>(admin, way, file)).at(-1)
  const rehearse = (file: string | Buffer) => last(file, `${path}/rehearsal`)
  const { reader } = world.app.database
  const stored = (orderNumber: string) => reader.findBy(SalesOrderEntity, { companyId, orderNumber })
  const count = () => reader.count(SalesOrderEntity)
  const before = await count()
  return { world, admin, companyId, path, last, rehearse, stored, count, before }
}

const file = `Order#,Email,Contact Name,Company Name,Country,Order Date,Date Added,Original TrackNo,SKU,Description,Order Qty,Qty Returned
W-1,ann@example.com,Ann,"Ann, Co",Italy,13 May 2022,14 May 2022,1Z999AA10123456784,TENT,"A ""good"" tent",3,2
W-1,ann@example.com,Ann,,,2022-05-13,,,BOOT,,1,
w-2,,,,,2022-05-14,,,,,10,0
`

it('imports the orders of a file after a rehearsal that changed nothing, and says how many in the trail', async () => {
  const { world, admin, path, rehearse, stored, count, before, companyId } = await acme()
  expect(await rehearse(file)).toEqual({ result: { added: 3, replaced: 0 } })
  expect(await count()).toBe(before)

  const lines = await sendFile(admin, path, file)
  expect(lines.map(({ progress }) => progress?.step)).toEqual(['READING', 'WRITING', undefined])
  expect(lines.at(-1)).toEqual({ result: { added: 3, replaced: 0 } })
  expect(await count()).toBe(before + 3)
  expect((await stored('W-1')).find(({ sku }) => sku === 'TENT')).toMatchObject({
    companyId,
    orderNumberKey: 'w-1',
    email: 'ann@example.com',
    companyName: 'Ann, Co',
    orderedAt: new Date('2022-05-13T00:00:00.000Z'),
    // When it came here: the column of the file tells of another place.
    addedAt: world.clock(),
    description: 'A "good" tent',
    orderQuantity: 3,
    quantityReturned: 2,
  })
  expect((await stored('w-2'))[0]).toMatchObject({ email: null, sku: null, skuKey: '', quantityReturned: 0 })
  const [record, ...others] = await world.app.database.reader.findBy(AuditEventEntity, {
    name: 'sales_orders.imported',
  })
  expect(others).toEqual([])
  expect(record).toMatchObject({
    companyId,
    applicationId: 'CONSUMER_RETURNS',
    details: { added: 3, replaced: 0 },
  })
  expect(world.logged.join('\n')).not.toContain('ann@example.com')
})

it('lets a file come again: what has the same Order# and SKU becomes what the file says, and keeps its Date Added', async () => {
  const { world, last, rehearse, stored, count, before } = await acme()
  await last(file)
  const [first] = await stored('w-2')
  world.clock.advance(60_000)
  const changed = `order#;order date;order qty;qty returned;sku\nW-2;2022-05-14;10;7;\nW-3;2022-05-15;1;0;X\n`
  expect(await rehearse(changed)).toEqual({ result: { added: 1, replaced: 1 } })
  expect(await last(changed)).toEqual({ result: { added: 1, replaced: 1 } })
  expect(await count()).toBe(before + 4)
  expect(await stored('W-2')).toMatchObject([
    { id: first?.id, addedAt: first?.addedAt, orderNumberKey: 'w-2', quantityReturned: 7 },
  ])
  expect(await last(file)).toEqual({ result: { added: 0, replaced: 3 } })
  expect(await last(file)).toEqual({ result: { added: 0, replaced: 3 } })
  expect(await count()).toBe(before + 4)
})

it('tells what is wrong by line and column, and imports nothing of such a file', async () => {
  const { last, count, before } = await acme()
  const head = 'Order#,Email,Order Date,SKU,Description,Order Qty,Qty Returned\n'
  const answer = await last(
    `${head}G-1,,2022-05-13,A,,1,0
,,2022-05-13,A,,1,0
G-2,not an address,2022-02-30,A,,1,0
G-3,,05/06/2022,A,,many,-1
G-4,,31 June 2022,A,,1,2
g-1,,1 May 2022,a,,1,0
G-5,,13 Mai 2022,A,"two
lines",,0
G-6,,2022-05-13,${'x'.repeat(201)},,1000001,0
`,
  )
  expect(answer?.faults?.map(({ line, column, message }) => `${line} ${column}: ${message}`)).toEqual([
    '3 Order#: is missing.',
    '4 Order Date: must be a day as 2022-05-13 or 13 May 2022.',
    '4 Email: is no mail address.',
    '5 Order Date: must be a day as 2022-05-13 or 13 May 2022.',
    '5 Order Qty: must be a number from 0 to 1,000,000.',
    '5 Qty Returned: must be a number from 0 to 1,000,000.',
    '6 Order Date: must be a day as 2022-05-13 or 13 May 2022.',
    '6 Qty Returned: is more than were ordered.',
    '7 Order#: has the Order# and SKU of line 2.',
    '8 Order Date: must be a day as 2022-05-13 or 13 May 2022.',
    '8 Description: must not contain control or invisible characters, such as a line break.',
    '8 Order Qty: is missing.',
    '10 SKU: is longer than 200 characters.',
    '10 Order Qty: must be a number from 0 to 1,000,000.',
  ])
  expect(answer?.faultCount).toBe(14)
  const messageOf = async (text: string) => (await last(text))?.faults?.map(({ message }) => message).join()
  expect(await messageOf('Order#,SKU\n')).toContain('"Order Date" and "Order Qty" among them')
  expect(await messageOf(head)).toBe('There is no line below the names of the columns.')
  expect(await messageOf('Order#,Colour\n')).toContain('"Colour" is no column of an import.')
  expect(await count()).toBe(before)
})

it('does all or nothing: where the last line cannot be written, the first is not there either', async () => {
  const { world, last, count, before } = await acme()
  await world.app.database.inTransaction((manager) =>
    manager.query(
      `CREATE UNIQUE INDEX one_of_these ON sales_orders ("quantityReturned") WHERE "quantityReturned" > 900`,
    ),
  )
  const lines = Array.from({ length: 3000 }, (_, index) => `N-${index},2022-05-13,999,0`)
  const text = [
    'Order#,Order Date,Order Qty,Qty Returned',
    ...lines,
    'X,2022-05-13,999,901',
    'Y,2022-05-13,999,901',
  ]
  expect(await last(text.join('\n'))).toMatchObject({ error: { code: 'INTERNAL' } })
  expect(await count()).toBe(before)
})

it('refuses who may not import before reading anything, and does not tell a foreign company from none', async () => {
  const { world, admin, path, companyId, count, before } = await acme()
  const viewer = await signInAs(world, { signInName: 'looks.on', roles: { [companyId]: 'VIEWER' } })
  const other = await world.as('demo.admin')
  const solution = await world.as('solution.admin')
  const statusOf = async (browser: Browser, way: string, headers: Record<string, string> = csvHeaders) => {
    const answer = await browser.request('POST', way, { headers, body: file })
    const { code, reason } = answer.json<{ code: string; reason: string }>()
    return [answer.statusCode, code, reason]
  }
  const notThere = [404, 'NOT_FOUND', 'ORDERS_OF_NO_COMPANY']
  for (const way of [path, `${path}/rehearsal`]) {
    expect(await statusOf(viewer, way)).toEqual([403, 'FORBIDDEN', 'ORDERS_NOT_YOURS_TO_IMPORT'])
    for (const browser of [other, solution]) expect(await statusOf(browser, way)).toEqual(notThere)
    expect(await statusOf(world.browser(), way)).toEqual([401, 'UNAUTHENTICATED', 'SIGN_IN_REQUIRED'])
    const elsewhere = { ...csvHeaders, origin: 'https://elsewhere.example' }
    expect(await statusOf(admin, way, elsewhere)).toEqual([403, 'FORBIDDEN', 'REQUEST_NOT_FROM_OUR_PAGES'])
  }
  for (const id of ['0190c7a0-0000-7000-8000-000000000000', '%00', "'"])
    expect(await statusOf(admin, `/imports/sales-orders/${encodeURIComponent(id)}`)).toEqual(notThere)
  expect(before).toBe(demo + 30)
  expect(await count()).toBe(before)
})
