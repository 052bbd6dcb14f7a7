import { expect, test as base } from '@playwright/test'
import { World } from './world.js'
import { watchBrowser, type WatchedBrowser } from './watched-browser.js'

/** A test with a hub, a UPS.com and a browser of its own; all three are looked over when it is done. */
export const test = base.extend<{ world: World; browserWatch: WatchedBrowser }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
  world: async ({}, use) => {
    const world = await World.start()
    await use(world)
    expect(await world.stop(), 'secrets in the clear').toEqual([])
  },
  baseURL: async ({ world }, use) => {
    await use(world.url)
  },
  browserWatch: [
    async ({ context, world }, use) => {
      const watch = await watchBrowser(context, world)
      await use(watch)
      expect(watch.faults, 'what no page may do').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
