import { describe, expect, it } from 'vitest'
import { aHub, anAuthorization } from '../../testing/builders'
import { eventually, openPage } from '../../testing/open-page'

const paths = {
  CONSUMER_RETURNS: '/applications/consumer-returns/admin',
  REVERSE_LOGISTICS: '/applications/reverse-logistics',
  PICKUP_MANAGER: '/applications/pickup-manager/settings?company=acme',
  DATA_MANAGEMENT: '/applications/data-management/admin?company=acme',
  RATING: '/applications/rating/company-manager?company=acme',
}

const announced = () => document.querySelector('[aria-live=polite].visually-hidden')?.textContent

describe('a change made elsewhere', () => {
  it.each(Object.entries(paths))(
    'shows in %s without asking, and is said aloud',
    async (application, path) => {
      const page = openPage(path, aHub(anAuthorization({ application, status: 'AUTHORIZED' })))
      await page.sees(/Acme Outfitters/)
      await eventually(() =>
        expect(page.hub.asked.some(({ operation }) => operation === 'Companies')).toBe(true),
      )
      await page.sees(/Authorized|AUTHORIZED|Authenticated|has authorized/)
      const asked = page.hub.asked.length
      const refused = {
        application,
        status: 'REAUTHORIZATION_REQUIRED',
        endReason: 'REFUSED_BY_UPS',
        mayBegin: true,
      }
      await page.hub.tell('authorizationChanged', anAuthorization(refused))
      await page.heading('Opt in again')
      expect(announced()).toMatch(/has to be authorized again for Acme Outfitters/)
      const since = page.hub.asked.slice(asked).map(({ operation }) => operation)
      expect(since.filter((operation) => /^(Authorization|Companies)$/.test(operation))).toEqual([])
    },
  )

  it('of an authorization that the page does not show changes nothing there', async () => {
    const page = openPage(paths.RATING, aHub(anAuthorization({ status: 'AUTHORIZED' })))
    await page.sees('Token Vault Key')
    const before = announced()
    const other = {
      ...anAuthorization({ application: 'PICKUP_MANAGER', status: 'AUTHORIZED' }),
      id: 'another',
    }
    await page.hub.tell('authorizationChanged', { ...other, status: 'NOT_AUTHORIZED' })
    expect(announced()).toBe(before)
    await page.sees('Token Vault Key')
  })
})
