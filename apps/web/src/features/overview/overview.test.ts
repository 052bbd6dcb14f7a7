import { describe, expect, it } from 'vitest'
import { acme, aHub, anAuthorization, avery, blake, tokens } from '../../testing/builders'
import type { Answers } from '../../testing/fake-hub'
import { eventually, openPage } from '../../testing/open-page'
import { noCompanies } from '../company/words'

const applications = [
  { id: 'PICKUP_MANAGER', slug: 'pickup-manager', name: 'UPS® Intelligent Pickup Manager' },
  { id: 'RATING', slug: 'rating', name: 'UPS® Intelligent Rating' },
]
const zeroes = ['REAUTHORIZATION_REQUIRED', 'REFRESH_PROBLEM', 'RUNNING_OUT', 'AUTHORIZED', 'NOT_AUTHORIZED']
const countsOf = (counts: Record<string, number>) =>
  zeroes.map((standing) => ({ standing, count: counts[standing] ?? 0 }))

function overviewOf(nodes: object[], { counts = {}, hidden = 0, endCursor = '' } = {}) {
  return {
    edges: nodes.map((node, index) => ({ node, cursor: String(index) })),
    pageInfo: { hasNextPage: endCursor !== '', hasPreviousPage: false, endCursor },
    totalCount: nodes.length,
    notYetAuthorizedCount: hidden,
    standings: countsOf(counts),
  }
}

const acmeIn = (overrides: object) => ({
  ...acme,
  authorizations: [{ ...anAuthorization({ status: 'AUTHORIZED' }), ...overrides }],
})

const hubWith = (overview: unknown, overrides: Answers = {}): Answers =>
  aHub(anAuthorization(), { applications, overview, ...overrides })

describe('the overview', () => {
  it('says of each company and application how it stands, in words, with the days left', async () => {
    const answers = hubWith(
      overviewOf([acmeIn({ standing: 'AUTHORIZED', tokens })], { counts: { AUTHORIZED: 1 } }),
    )
    const page = openPage('/overview', answers)
    await page.link('AuthorizedAcme Outfitters, Rating59 days left')
    await page.sees('Nothing needs a hand')
    await page.sees('Not in use')
    await page.sees('1 company')
  })

  it('asks the hub for what the address names, and keeps a choice in the address', async () => {
    const answers = hubWith(
      overviewOf([acmeIn({ standing: 'REAUTHORIZATION_REQUIRED', tokens: null })], {
        counts: { REAUTHORIZATION_REQUIRED: 1 },
        endCursor: 'further',
      }),
    )
    const page = openPage('/overview?application=RATING&standing=MISTYPED', answers)
    await page.link('Opt in againAcme Outfitters, Rating')
    page.doesNotSee('Nothing needs a hand')
    const asked = () => page.hub.asked.filter(({ operation }) => operation === 'Overview').at(-1)?.variables
    expect(asked()).toMatchObject({ application: 'RATING', standing: null, search: null, after: null })
    await page.follow('Opt in again 1')
    await eventually(() => expect(asked()).toMatchObject({ standing: 'REAUTHORIZATION_REQUIRED' }))
    await page.follow('Next companies')
    await eventually(() => expect(asked()).toMatchObject({ after: 'further' }))
    await page.fill('Find a company by name', 'acm')
    await eventually(() => expect(asked()).toMatchObject({ search: 'acm', after: null }))
    expect(page.router.currentRoute.value.query).toEqual({
      application: 'RATING',
      standing: 'REAUTHORIZATION_REQUIRED',
      search: 'acm',
    })
  })

  it('tells a solution admin why it is empty, and anybody else what to do', async () => {
    const page = openPage('/overview', hubWith(overviewOf([], { hidden: 7 }), { viewer: blake }))
    await page.sees('7 companies have not authorized yet.')
  })

  it('tells who acts for no company what to do', async () => {
    const page = openPage('/overview', hubWith(overviewOf([]), { viewer: { ...avery, memberships: [] } }))
    await page.heading(noCompanies.newcomer.title)
  })
})

describe('after sign-in', () => {
  async function landingOf(authorizations: object[], viewer: object) {
    const companies = { edges: [{ node: { ...acme, authorizations } }] }
    const answers = hubWith(overviewOf([]), { companies, viewer: null })
    answers['signIn'] = () => (answers['viewer'] = viewer)
    const page = openPage('/', answers)
    await page.fill('Sign in name', 'somebody')
    await page.fill('Password', 'a password')
    await page.press('SIGN IN')
    await eventually(() => expect(page.router.currentRoute.value.path).not.toBe('/sign-in'))
    return page.router.currentRoute.value.fullPath
  }

  it('one begins at the only application there is to look at, or else at the overview', async () => {
    const one = anAuthorization()
    expect(await landingOf([one], avery)).toBe('/applications/rating?company=acme')
  })

  it('one begins at the overview where there is more to look at, or where there may be', async () => {
    const two = [anAuthorization(), anAuthorization({ application: 'PICKUP_MANAGER' })]
    expect(await landingOf(two, avery)).toBe('/overview')
  })

  it('a solution admin begins at the overview', async () => {
    expect(await landingOf([anAuthorization()], blake)).toBe('/overview')
  })
})
