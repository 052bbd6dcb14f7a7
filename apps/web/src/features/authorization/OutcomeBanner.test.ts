import { describe, expect, it } from 'vitest'
import { acme, aHub, anApplication, anAuthorization } from '../../testing/builders'
import { eventually, openPage } from '../../testing/open-page'
import type { OptInOutcome } from './use-opt-in-outcome'
import { outcome as words } from './words'

const path = '/applications/rating/company-manager?company=acme&opt-in=visit'

function hubThatSays(outcome: string, nextApplication: unknown = null) {
  const optIn = ({ id }: { id: string }) =>
    id === 'visit'
      ? {
          id,
          outcome,
          at: '2026-05-13T21:04:07.000Z',
          company: acme,
          application: anApplication('RATING'),
          nextApplication,
        }
      : null
  return aHub(anAuthorization(), { optIn })
}

describe('coming back from UPS.com', () => {
  it.each(Object.keys(words.titles) as OptInOutcome[])('says how it ended: %s', async (outcome) => {
    const page = openPage(path, hubThatSays(outcome))
    const heading = await page.heading(words.titles[outcome])
    await page.sees(words.bodies[outcome])
    await page.sees('The rating application, Acme Outfitters.')
    await eventually(() => expect(document.activeElement).toBe(heading))
  })

  it('offers the next application that the company has not authorized yet', async () => {
    const page = openPage(path, hubThatSays('AUTHORIZED', anApplication('PICKUP_MANAGER')))
    const next = await page.link('Go on with The pickup-manager application')
    expect(next.getAttribute('href')).toBe('/applications/pickup-manager?company=acme')
  })

  it('is no news after a reload: the address does not name the visit any more', async () => {
    const page = openPage(path, hubThatSays('AUTHORIZED'))
    await page.heading(words.titles.AUTHORIZED)
    expect(page.router.currentRoute.value.fullPath).toBe('/applications/rating/company-manager?company=acme')
  })

  it('can be dismissed', async () => {
    const page = openPage(path, hubThatSays('REFUSED_AT_UPS'))
    await page.heading(words.titles.REFUSED_AT_UPS)
    await page.press('Dismiss')
    await eventually(() => page.doesNotSee(words.titles.REFUSED_AT_UPS))
  })

  it('shows nothing of a visit that is not this browser’s', async () => {
    const page = openPage(path.replace('visit', 'foreign'), hubThatSays('AUTHORIZED'))
    await page.button('Authorize')
    page.doesNotSee(words.titles.AUTHORIZED)
  })

  it.each([
    ['not-recognised', 'This return from UPS.com is not recognised'],
    ['already-used', 'This return from UPS.com was already used'],
    ['wrong-person', 'Somebody else began this opt-in'],
  ])('explains %s on a page of its own', async (reason, title) => {
    const page = openPage(`/opt-in/${reason}`, aHub())
    await page.heading(title)
    await page.link('Go to the applications')
    expect(document.title).toContain(title)
  })

  it('explains signed-out to somebody without a session', async () => {
    const page = openPage('/opt-in/signed-out', { viewer: null })
    await page.heading('You were signed out in the meantime')
    await page.link('Go to sign-in')
  })
})
