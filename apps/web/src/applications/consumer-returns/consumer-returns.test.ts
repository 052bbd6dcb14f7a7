import { describe, expect, it } from 'vitest'
import { aHub, anAuthorization, blake, companiesOf } from '../../testing/builders'
import { openPage } from '../../testing/open-page'

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
})
