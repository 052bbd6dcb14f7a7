import { expect, test } from './rehearsal.js'
import { acme, signIn } from './visits.js'

const columns = [
  'Order#',
  'Email',
  'Contact Name',
  'Company Name',
  'Country',
  'Order Date',
  'Date Added',
  'Original TrackNo',
  'SKU',
  'Description',
  'Order Qty',
  'Qty Returned',
]
const landing = '/applications/consumer-returns'

const file = `Order#,Email,Contact Name,Company Name,Country,Order Date,Original TrackNo,SKU,Description,Order Qty,Qty Returned
GUIDE-1,ann@example.com,Ann Abel,Ann & Co,Italy,2022-05-13,1Z999AA10123456784,TENT,A tent,3,2
GUIDE-2,ben@example.com,Ben Bold,,Spain,14 May 2022,1Z999AA10123456785,BOOT,Boots,1,0
`

test('Consumer Returns: the service guide, the orders and their twelve columns, SEARCH, VIEW ALL, sorting and pages', async ({
  page,
}) => {
  await signIn(page)
  await page.goto(landing)
  await page.getByRole('link', { name: 'SERVICE GUIDE', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Service guide' })).toBeVisible()
  await page.getByRole('link', { name: 'Back to Intelligent Consumer Returns' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Intelligent Consumer Returns' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Company' })).toContainText(acme)

  const orders = page.getByRole('region', { name: 'Sales Orders' })
  for (const name of columns)
    await expect(orders.getByRole('columnheader', { name: new RegExp(`^${name}( |$)`) })).toBeVisible()
  await expect(orders.getByText('48 orders', { exact: true })).toBeVisible()
  const rows = orders.getByRole('row')
  await expect(rows).toHaveCount(26)
  await orders.getByRole('button', { name: 'Next page' }).click()
  await expect(rows).toHaveCount(24)
  await page.goBack()
  await expect(rows).toHaveCount(26)
  await orders.getByRole('button', { name: 'Order#' }).click()
  await expect(rows.nth(1)).toContainText('ACME-10000')
  await orders.getByRole('button', { name: 'Order#' }).click()
  await expect(rows.nth(1)).toContainText('ACME-10047')

  await orders.getByRole('searchbox').fill('acme-1001')
  await orders.getByRole('button', { name: 'SEARCH', exact: true }).click()
  await expect(orders.getByText('10 orders found for “acme-1001”')).toBeVisible()
  await page.reload()
  await expect(orders.getByText('10 orders found for “acme-1001”')).toBeVisible()
  await expect(orders.getByRole('searchbox')).toHaveValue('acme-1001')
  await orders.getByRole('button', { name: 'VIEW ALL', exact: true }).click()
  await expect(orders.getByText('48 orders', { exact: true })).toBeVisible()
})

test('Consumer Returns: orders are imported from a file after a check, and shown with the dates of the guide', async ({
  page,
}) => {
  await signIn(page)
  await page.goto(landing)
  await page.getByRole('link', { name: 'Import sales orders' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Import sales orders' })).toBeVisible()
  const choose = (text: string) =>
    page
      .getByLabel('CSV file')
      .setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await choose(file.replace('2022-05-13', '05/13/2022'))
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(page.getByRole('row', { name: /^2 Order Date must be a day/ })).toBeVisible()
  await choose(file)
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(page.getByText('It holds 2 new orders, and 0 that will replace')).toBeVisible()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByText('Imported: 2 new orders; 0 replaced what was there.')).toBeVisible()

  await page.getByRole('link', { name: 'Back to Sales Orders' }).click()
  const orders = page.getByRole('region', { name: 'Sales Orders' })
  await orders.getByRole('searchbox').fill('ANN@')
  await orders.getByRole('button', { name: 'SEARCH', exact: true }).click()
  await expect(
    orders.getByRole('row', {
      name: /^GUIDE-1 ann@example\.com Ann Abel Ann & Co Italy 13 May 2022 .*TENT A tent 3 2$/,
    }),
  ).toBeVisible()
})

test('Consumer Returns: UPDATE KEY takes a key that nobody sees again but for its end', async ({
  page,
  world,
}) => {
  const key = `0F3A9C55-${'D2E81B7A'.repeat(3)}-4711`
  world.expectNowhere(key.slice(0, -4))
  await signIn(page)
  await page.goto(`${landing}/admin`)
  const card = page.getByRole('article', { name: acme })
  await expect(card.getByRole('heading', { name: 'API Access', exact: true })).toBeVisible()
  const half = card.getByRole('region', { name: 'API Access' })
  const status = half.locator('dt', { hasText: /^Status$/ }).locator('xpath=following-sibling::dd[1]')
  await expect(status).toHaveText('Not configured')
  await card.getByRole('button', { name: 'UPDATE KEY', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: `License key of ${acme}` })
  await dialog.getByLabel('New UPS API License Key').fill(key)
  await dialog.getByRole('button', { name: 'Save the key' }).click()
  await expect(status).toHaveText('Configured')
  await expect(card.getByText('Ends in 4711')).toBeVisible()
  await expect(card.getByRole('button', { name: 'UPDATE KEY', exact: true })).toBeFocused()
  await page.reload()
  await expect(card.getByText('Ends in 4711')).toBeVisible()
  await card.getByRole('button', { name: 'Remove key' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove key' }).click()
  await expect(status).toHaveText('Not configured')
})
