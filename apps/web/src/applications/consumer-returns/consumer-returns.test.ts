import { describe, expect, it } from 'vitest'
import { acme, aHub, anAuthorization, blake, companiesOf } from '../../testing/builders'
import { refusal } from '../../testing/fake-hub'
import { eventually, openPage } from '../../testing/open-page'

const aReturns = (overrides: Record<string, unknown>) =>
  anAuthorization({ application: 'CONSUMER_RETURNS', ...overrides })

describe('Consumer Returns', () => {
  it('leads from Admin to a card per company', async () => {
    const page = openPage('/applications/consumer-returns', aHub(aReturns({})))
    await page.heading('Intelligent Consumer Returns')
    await page.follow('Admin')
    await page.heading('UPS API License Key')
    await page.heading('oAuth Authentication')
    await page.sees('Status Not authenticated.')
    await page.press('AUTHENTICATE')
    await page.heading('Before you go to UPS.com')
  })

  it('shows the dates of an authentication as its guide does, and the way out on the same card', async () => {
    const page = openPage('/applications/consumer-returns/admin', aHub(aReturns({ status: 'AUTHORIZED' })))
    await page.sees(/Status Authenticated\. Authenticated on 13 May 2026 /)
    await page.sees(/Refresh token until 12 July 2026 /)
    expect(page.hasButton('AUTHENTICATE')).toBe(false)
    await page.press('Opt out')
    await page.sees('End the authentication of Acme Outfitters')
  })

  it('tells a solution admin how many companies are not shown, and why', async () => {
    const answers = aHub(aReturns({}), { viewer: blake, companies: companiesOf([], 1) })
    const page = openPage('/applications/consumer-returns/admin', answers)
    await page.sees(
      '1 more company has not authorized yet. A solution admin sees a company only once it has.',
    )
    page.doesNotSee('There is no company to see')
  })

  it('lists sales orders in the words of its guide, and keeps search, order and page in the address', async () => {
    const salesOrders = {
      edges: [{ cursor: 'one', node: anOrder }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, endCursor: 'one' },
      totalCount: 31,
    }
    const page = openPage('/applications/consumer-returns', aHub(aReturns({}), { salesOrders }))
    await page.sees('31 orders')
    await page.sees(
      /Order# ↕ Email Contact Name Company Name Country Order Date ↓ Date Added ↕ Original TrackNo/,
    )
    await page.sees(/W-1 ann@example.com Ann Ann & Co Italy 13 May 2022 14 May 2022 1Z999 TENT A tent 3 2/)
    await page.press('Next page')
    await eventually(() => expect(page.router.currentRoute.value.query).toEqual({ after: 'one' }))
    await page.fill('How an Order#, Email, Original TrackNo or SKU begins', ' w-1 ')
    await page.press('SEARCH')
    await page.sees('31 orders found for “w-1”')
    await page.press('Order# ↕')
    const query = { search: 'w-1', sort: 'ORDER_NUMBER_ASC' }
    await eventually(() => expect(page.router.currentRoute.value.query).toEqual(query))
    await page.press('Order# ↑')
    await eventually(() => expect(page.router.currentRoute.value.query['sort']).toBe('ORDER_NUMBER_DESC'))
    const asked = page.hub.asked.filter(({ operation }) => operation === 'SalesOrders').at(-1)
    expect(asked?.variables).toMatchObject({ search: 'w-1', sort: 'ORDER_NUMBER_DESC', after: null })
    await page.press('VIEW ALL')
    await eventually(() => expect(page.router.currentRoute.value.query).toEqual({}))
  })

  it('says what to do where there are no orders, and offers an import to admins only', async () => {
    const salesOrders = { edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false }, totalCount: 0 }
    const page = openPage('/applications/consumer-returns', aHub(aReturns({}), { salesOrders }))
    await page.sees('There are no orders yet. Import sales orders from a CSV file to see them here.')
    await page.follow('Import sales orders')
    await page.sees('Orders of Acme Outfitters from a CSV file')
    const operator = aHub(aReturns({ status: 'AUTHORIZED' }), { salesOrders, viewer: blake })
    const other = openPage('/applications/consumer-returns/import', operator)
    await other.sees('Only an admin of Acme Outfitters can import its orders.')
  })

  it('takes a key and shows its end only, after the password if the hub wants that', async () => {
    let licenseKey: object | null = null
    let isFresh = false
    const set = {
      lastFour: '1B7A',
      setAt: '2026-05-13T21:04:07.000Z',
      setBy: { id: 'avery', displayName: 'Avery Acme' },
    }
    const answers = aHub(aReturns({}), {
      companies: () => companiesOf([{ ...acme, authorizations: [aReturns({})], ...{ licenseKey } }]),
      reauthenticate: () => (isFresh = true),
      updateLicenseKey: () => {
        if (!isFresh) throw refusal('FORBIDDEN', 'FRESH_AUTHENTICATION_REQUIRED')
        licenseKey = set
        return { id: acme.id, licenseKey }
      },
      removeLicenseKey: () => ({ id: acme.id, licenseKey: null }),
    })
    const page = openPage('/applications/consumer-returns/admin', answers)
    await page.heading('API Access')
    await page.sees('Status Not configured')
    await page.press('UPDATE KEY')
    await page.fill('New UPS API License Key', 'too short')
    await page.press('Save the key')
    await page.sees('A key has 12 to 64 letters, digits and hyphens.')
    await page.fill('New UPS API License Key', ' 0F3A9C55D2E81B7A ')
    await page.press('Save the key')
    await page.heading('Your password, once more')
    await page.fill('Password', 'opt-in-hub-demo')
    await page.press('Go on')
    await page.sees(/Status Configured Key Ends in 1B7A Set on 13 May 2026 .* Set by Avery Acme/)
    const sent = page.hub.asked.filter(({ operation }) => operation === 'UpdateLicenseKey').at(-1)
    expect(sent?.variables).toEqual({ input: { companyId: 'acme', key: '0F3A9C55D2E81B7A' } })
    await page.press('Remove key')
    await page.sees('The license key of Acme Outfitters is destroyed at once.')
  })
})

const anOrder = {
  id: 'one',
  orderNumber: 'W-1',
  email: 'ann@example.com',
  contactName: 'Ann',
  companyName: 'Ann & Co',
  country: 'Italy',
  orderedAt: '2022-05-13T00:00:00.000Z',
  addedAt: '2022-05-14T10:00:00.000Z',
  trackingNumber: '1Z999',
  sku: 'TENT',
  description: 'A tent',
  orderQuantity: 3,
  quantityReturned: 2,
}
