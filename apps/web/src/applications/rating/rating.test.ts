import { describe, expect, it } from 'vitest'
import { aHub, anAuthorization } from '../../testing/builders'
import { openPage } from '../../testing/open-page'

describe('Rating', () => {
  it('leads from Settings to the company manager, where the selected company authorizes', async () => {
    const page = openPage('/applications/rating', aHub())
    await page.heading('Intelligent Rating')
    await page.chooseFromMenu('Settings', 'Authorize Customer')
    await page.heading('Company Manager')
    await page.sees('Acme Outfitters has not authorized this application.')
    await page.button('Authorize')
  })

  it('tells on its landing page how each company stands, and leads to that company', async () => {
    const page = openPage(
      '/applications/rating',
      aHub(anAuthorization({ status: 'REAUTHORIZATION_REQUIRED', endReason: 'REFUSED_BY_UPS' })),
    )
    await page.sees('Acme Outfitters Opt in again')
    await page.follow('Acme Outfitters')
    await page.heading('Company Manager')
    expect(page.router.currentRoute.value.query).toEqual({ company: 'acme' })
  })

  it('shows UPS API ACCESS with the key and the four times in the format of its guide', async () => {
    const page = openPage(
      '/applications/rating/company-manager',
      aHub(anAuthorization({ status: 'AUTHORIZED' })),
    )
    await page.heading('UPS API ACCESS')
    await page.sees('AUTHORIZED')
    await page.sees('Token Vault Key 8A228CA8-F725-41DF-8CCD-FDFDB8CF833C')
    await page.sees(/ Issued: 5\/13\/2026 9:04:07 PM \+00:00 /)
    await page.sees(/ Expires: 5\/13\/2026 10:04:06 PM \+00:00 /)
    await page.sees(/Refresh Token Issued: 5\/13\/2026 9:04:07 PM \+00:00 /)
    await page.sees(/Refresh Token Expires: 7\/12\/2026 9:04:06 PM \+00:00 /)
    expect(page.hasButton('Authorize')).toBe(false)
    await page.press('HOME')
    await page.heading('Intelligent Rating')
  })

  it('says that a company in the address is not to be seen, be it foreign or absent', async () => {
    const page = openPage('/applications/rating/company-manager?company=foreign', aHub())
    await page.sees('This company is not among those you may see')
  })
})
