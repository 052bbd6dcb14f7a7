import { expect, test as base, type BrowserContext, type Page } from '@playwright/test'
import { World } from './world.js'
import { watchBrowser, type WatchedBrowser } from './watched-browser.js'

interface Fixtures {
  world: World
  browserWatch: WatchedBrowser
  /** A page in a browser that shares nothing with the first. */
  elsewhere: Page
}

/** A test with a hub, a UPS.com and a browser of its own; all three are looked over when it is done. */
export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
  world: async ({}, use) => {
    const world = await World.start()
    await use(world)
    expect(await world.stop(), 'secrets in the clear').toEqual([])
  },
  baseURL: async ({ world }, use) => {
    await use(world.url)
  },
  browserWatch: [async ({ context, world }, use) => watched(context, world, use), { auto: true }],
  elsewhere: async ({ browser, world }, use) => {
    const context = await browser.newContext({ baseURL: world.url })
    await watched(context, world, async () => use(await context.newPage()))
    await context.close()
  },
})

export async function watched(
  context: BrowserContext,
  world: World,
  use: (watch: WatchedBrowser) => Promise<void>,
): Promise<void> {
  const watch = await watchBrowser(context, world)
  await use(watch)
  expect(watch.faults, 'what no page may do').toEqual([])
}

export { expect }
