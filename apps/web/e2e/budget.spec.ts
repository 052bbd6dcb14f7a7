import type { Page, Request } from '@playwright/test'
import { gzipSync } from 'node:zlib'
import { applicationPages } from './pages.js'
import { expect, test } from './rehearsal.js'
import { signIn } from './visits.js'

/** Scripts by address, as bytes after gzip. */
type Weights = Map<string, number>

test('the sign-in page loads at most 110 kB of JavaScript, the shell 60 kB more, each page 40 kB more', async ({
  page,
}) => {
  const signInPage = await weigh(page, async () => {
    await page.goto('/')
    await expect(page.getByRole('button', { name: 'SIGN IN' })).toBeVisible()
  })
  expect(kB(signInPage), 'sign-in page').toBeLessThanOrEqual(110)

  const shell = await weigh(page, () => signIn(page))
  for (const address of signInPage.keys()) shell.delete(address)
  expect(kB(shell), 'signed-in shell').toBeLessThanOrEqual(60)

  for (const path of [...applicationPages.map((one) => one.path), '/webhooks']) {
    const own = await weigh(page, () => page.goto(path))
    for (const address of [...signInPage.keys(), ...shell.keys()]) own.delete(address)
    expect(kB(own), path).toBeLessThanOrEqual(40)
  }
})

async function weigh(page: Page, visit: () => Promise<unknown>): Promise<Weights> {
  const addresses = new Set<string>()
  const note = (request: Request) => {
    if (new URL(request.url()).pathname.endsWith('.js')) addresses.add(request.url())
  }
  page.on('request', note)
  await visit()
  await page.waitForLoadState('networkidle')
  page.off('request', note)
  const weights: Weights = new Map()
  for (const address of addresses) {
    const script = await page.request.get(address)
    weights.set(address, gzipSync(await script.body()).length)
  }
  return weights
}

function kB(weights: Weights): number {
  return [...weights.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000
}
