import { describe, expect, it } from 'vitest'
import { aHub, anAuthorization, tokens } from '../../testing/builders'
import { eventually, openPage } from '../../testing/open-page'

const path = '/applications/data-management/admin'

/** Newest first, as the hub gives them: `count` generations, by a cursor that is the generation. */
function historyOf(count: number) {
  return ({ first, after }: { first: number; after?: string }) => {
    const start = after ? count - Number(after) + 1 : 0
    const generations = Array.from({ length: count }, (_, index) => count - index).slice(start, start + first)
    return {
      edges: generations.map((generation) => ({
        cursor: String(generation),
        node: { ...tokens, id: String(generation), generation, cause: 'OPT_IN' },
      })),
      pageInfo: { hasNextPage: true, hasPreviousPage: false, endCursor: String(generations.at(-1)) },
      totalCount: count,
    }
  }
}

function aData(overrides: Record<string, unknown>) {
  return anAuthorization({ application: 'DATA_MANAGEMENT', ...overrides })
}

describe('Data Management', () => {
  it('leads from Home by Admin to the Token Manager', async () => {
    const page = openPage('/applications/data-management', aHub(aData({})))
    await page.sees('Acme Outfitters has not authorized this application.')
    await page.follow('Admin')
    await page.heading('Token Manager')
    await page.button('Authorize')
    await page.sees('No token has been created yet.')
    await page.sees('0 - 0 of 0')
  })

  it('shows the Token History in the format of its guide, with pager', async () => {
    const page = openPage(path, aHub(aData({ status: 'AUTHORIZED', tokenHistory: historyOf(1) })))
    await page.heading('Token History')
    await page.sees('Token Created Token Expires Refresh Created Refresh Expires')
    await page.sees(/05-13-2026 09:04:07 PM .* 05-13-2026 10:04:06 PM .* 07-12-2026 09:04:06 PM/)
    await page.sees('1 - 1 of 1')
    expect((await page.field('Items per page')).value).toBe('10')
  })

  it('turns the pages there and back, and begins anew with another number of items', async () => {
    const page = openPage(path, aHub(aData({ status: 'AUTHORIZED', tokenHistory: historyOf(23) })))
    await page.sees('1 - 10 of 23')
    await page.press('Next page')
    await page.sees('11 - 20 of 23')
    await page.press('Next page')
    await page.sees('21 - 23 of 23')
    await eventually(() => expect(document.querySelectorAll('tbody tr')).toHaveLength(3))
    expect(page.hasButton('Next page')).toBe(false)
    await page.press('Previous page')
    await page.sees('11 - 20 of 23')
    const size = await page.field('Items per page')
    size.value = '25'
    size.dispatchEvent(new Event('change'))
    await page.sees('1 - 23 of 23')
  })

  it('asks before it clears', async () => {
    const page = openPage(path, aHub(aData({ status: 'AUTHORIZED', tokenHistory: historyOf(1) })))
    await page.press('Clear')
    await page.sees('Dissolve the authorization of Acme Outfitters for Intelligent Data Management?')
  })
})
