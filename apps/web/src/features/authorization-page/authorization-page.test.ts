import { describe, expect, it } from 'vitest'
import { acme, aHub, anAuthorization, avery, tokens } from '../../testing/builders'
import { eventually, openPage } from '../../testing/open-page'

const generation = {
  id: 'one',
  generation: 1,
  ...tokens,
  cause: 'OPT_IN',
  supersededAt: null,
}
const happening = {
  id: 'event',
  at: tokens.issuedAt,
  name: 'AUTHORIZATION_OPTED_IN',
  result: 'DONE',
  requestId: 'request',
  actor: { id: 'a', displayName: 'Avery Acme' },
  apiClient: null,
}
const listOf = (nodes: object[]) => ({
  edges: nodes.map((node) => ({ node })),
  pageInfo: { hasNextPage: false, hasPreviousPage: false },
  totalCount: nodes.length,
})

function open(overrides: object, viewer: object = avery) {
  const authorization: Record<string, unknown> = {
    ...anAuthorization({ status: 'AUTHORIZED' }),
    standing: 'AUTHORIZED',
    tokenHistory: listOf([generation]),
    handOuts: listOf([
      { id: 'h', at: tokens.issuedAt, clientName: 'Returns portal', generation: 1, address: '10.0.0.1' },
    ]),
    ...overrides,
  }
  const answers = aHub(anAuthorization(), {
    authorization,
    viewer,
    auditEvents: listOf([happening]),
  })
  return openPage('/authorizations/acme/rating', answers)
}

const viewerOnly = { ...avery, memberships: [{ role: 'VIEWER', company: acme }] }

describe('the page of one authorization', () => {
  it('says that nothing has to be done, and tells its past in tables', async () => {
    const page = open({})
    await page.heading('It works, and nothing has to be done')
    await page.link('Open The rating application')
    expect(page.hasButton('Ask UPS.com to renew it now')).toBe(false)
    await page.sees('Returns portal')
    await page.sees('Avery Acme')
    await page.sees('1 token set, no gap.')
    expect(page.hub.asked.at(-1)?.variables).toEqual({
      companyId: 'acme',
      application: 'RATING',
      seesAll: true,
    })
  })

  it('names one thing to do: a new opt-in where UPS refuses it', async () => {
    const ended = {
      status: 'REAUTHORIZATION_REQUIRED',
      endReason: 'REFUSED_BY_UPS',
      endedAt: tokens.expiresAt,
    }
    const page = open({ ...ended, standing: 'REAUTHORIZATION_REQUIRED' })
    const link = await page.link('Opt in again at The rating application')
    expect(link.getAttribute('href')).toBe('/applications/rating/company-manager?company=acme')
    await page.sees('most likely because the UPS.com password was changed')
    expect(page.hasButton('Ask UPS.com to renew it now')).toBe(false)
  })

  it('names one thing to do: to ask UPS where it was not renewed, which is for who may', async () => {
    const page = open({ standing: 'RUNNING_OUT' })
    await page.press('Ask UPS.com to renew it now')
    await eventually(() =>
      expect(page.hub.asked.find(({ operation }) => operation === 'RefreshToken')).toBeDefined(),
    )
  })

  it('leaves to an admin what only an admin can do', async () => {
    const page = open({ standing: 'RUNNING_OUT' }, viewerOnly)
    await page.sees('Ask an admin of Acme Outfitters to do that.')
    expect(page.hasButton('Ask UPS.com to renew it now')).toBe(false)
  })

  it('zooms by buttons and by keys, and says what it shows', async () => {
    const page = open({})
    await page.press('Zoom in')
    await page.sees('Shows 27 May')
    const chart = document.querySelector<HTMLElement>('[role=group][aria-label^="Timeline."]')
    const press = (key: string) =>
      chart?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    press('ArrowRight')
    await page.sees('Shows 12 Jun')
    press('0')
    await page.sees('Shows 11 May')
  })

  it('says that there is no such authorization', async () => {
    const page = openPage(
      '/authorizations/nobody/rating',
      aHub(anAuthorization(), { auditEvents: listOf([]) }),
    )
    await page.sees('There is no such authorization')
  })
})
