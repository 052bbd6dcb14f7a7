import type { Page, WebSocketRoute } from '@playwright/test'
import { expect, test, watched } from './rehearsal.js'
import { leaveForUps, optInAtUps, outcome, signIn } from './visits.js'
import type { World } from './world.js'

const application = 'UPS® Intelligent Rating'
const companyManager = '/applications/rating/company-manager'
/** Sooner than the page asks by itself. */
const soon = { timeout: 10_000 }
/** Long enough for that. */
const atLast = { timeout: 30_000 }

test('what a colleague or UPS.com ends is seen at once, without reload and without asking', async ({
  page,
  elsewhere,
  world,
}) => {
  await authorize(page)
  await signIn(elsewhere)
  await openLive(elsewhere)
  await seesWhatEnds(elsewhere, { page, world })
})

test('what ends by one process of the hub is seen at once in a page of another', async ({
  page,
  browser,
  world,
}) => {
  test.slow()
  await authorize(page)
  const context = await browser.newContext({ baseURL: await world.startAnotherHub() })
  await watched(context, world, async () => {
    const elsewhere = await context.newPage()
    await signIn(elsewhere)
    await openLive(elsewhere)
    await seesWhatEnds(elsewhere, { page, world })
  })
  await context.close()
})

test('a page whose socket is cut asks by itself now and then, and hears of things at once again when it is back', async ({
  page,
  elsewhere,
  browserWatch,
}) => {
  test.slow()
  browserWatch.expectConsoleError(/^WebSocket connection to .* failed/)
  const line = await lineOf(elsewhere)
  await authorize(page)
  await signIn(elsewhere)
  await openLive(elsewhere)

  await line.cut()
  await page.getByRole('button', { name: 'Opt out' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Opt out' }).click()
  const mayAuthorize = elsewhere.getByRole('button', { name: 'Authorize', exact: true })
  await expect(mayAuthorize).toBeVisible(atLast)
  expect(line.isCut(), 'while nothing was told').toBe(true)

  const back = greeting(elsewhere)
  line.mend()
  await back
  await authorize(page)
  await expect(elsewhere.getByRole('button', { name: 'Check now' })).toBeVisible(soon)
})

async function authorize(page: Page): Promise<void> {
  if (page.url() === 'about:blank') await signIn(page)
  await page.goto(companyManager)
  await page.getByRole('button', { name: 'Authorize', exact: true }).click()
  await leaveForUps(page, { application })
  await optInAtUps(page)
  await expect(outcome(page, 'The authorization is in place')).toBeVisible()
}

/** First UPS.com ends it, which `page` finds out by asking; then `page` does. */
async function seesWhatEnds(elsewhere: Page, { page, world }: { page: Page; world: World }): Promise<void> {
  await expect(elsewhere.getByRole('button', { name: 'Check now' })).toBeVisible()
  await world.ups.password({ username: 'acme', password: 'another-ups-password' })
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(elsewhere.getByRole('heading', { name: 'Opt in again' })).toBeVisible(soon)
  await expect(elsewhere.getByText(`${application} has to be authorized again`)).toBeAttached()

  await page.getByRole('button', { name: 'Opt out' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Opt out' }).click()
  await expect(elsewhere.getByRole('button', { name: 'Authorize', exact: true })).toBeVisible(soon)
  await expect(elsewhere.getByText(`${application} is no longer authorized`)).toBeAttached()
}

/** Until its socket has been greeted. */
async function openLive(page: Page): Promise<void> {
  const greeted = greeting(page)
  await page.goto(companyManager)
  await greeted
}

/** The next one: sockets that go through `lineOf` are not the page's own, and are known by what they ask. */
function greeting(page: Page): Promise<void> {
  return new Promise<void>((resolve) => {
    greetings.set(page, resolve)
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => isGreeting(payload) && resolve()),
    )
  })
}

const greetings = new WeakMap<Page, () => void>()
const isGreeting = (payload: string | Buffer) => String(payload).includes('connection_ack')

/** Between a page and the hub, for its sockets only: everything else goes on reaching the hub. */
async function lineOf(page: Page) {
  const open = new Set<WebSocketRoute>()
  let isCut = false
  const hangUp = (socket: WebSocketRoute) => socket.close({ code: 4900, reason: 'The line is cut.' })
  await page.routeWebSocket(/\/graphql$/, (socket) => {
    if (isCut) return hangUp(socket)
    const server = socket.connectToServer()
    open.add(socket)
    server.onMessage((message) => {
      socket.send(message)
      if (isGreeting(message)) greetings.get(page)?.()
    })
    return undefined
  })
  return {
    isCut: () => isCut,
    async cut() {
      isCut = true
      for (const socket of open) await hangUp(socket)
      open.clear()
    },
    mend: () => (isCut = false),
  }
}
