import { test as plain } from '@playwright/test'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findTraces } from './canary.js'
import { expect, test } from './rehearsal.js'
import { checkNow, optInQuickly, returnAddress, signIn } from './visits.js'

// Each rehearsal ends with a search of the database, its side files and everything printed (world.ts). This one
// sees to it that every kind of secret has been about, on the paths where things go wrong too.
test('no token, code, state, secret, password or session cookie is ever written down in the clear', async ({
  page,
  world,
  browserWatch,
}) => {
  await page.goto('/')
  await page.getByLabel('Sign in name').fill('acme.admin')
  await page.getByLabel('Password').fill('ups-demo')
  await page.getByRole('button', { name: 'SIGN IN' }).click()
  await expect(page.getByText('This sign in name and password do not belong together.')).toBeVisible()
  await signIn(page)

  await optInQuickly(page, 'RATING')
  await checkNow(page, 'RATING')
  await world.ups.faults({ endpoint: 'refresh', kind: 'html', status: 502 })
  await checkNow(page, 'RATING')

  await world.ups.faults({ endpoint: 'token', kind: 'partial' })
  await page.goto(await returnAddress(page, 'PICKUP_MANAGER'))
  const address = await returnAddress(page, 'DATA_MANAGEMENT')
  await page.goto(address)
  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  browserWatch.expectConsoleError(/503|ERR_CONNECTION/) // the page, while there is no hub
  await world.stopHub()
  await world.startHub()

  expect(world.kindsOfSecrets()).toEqual([
    'Basic credentials',
    'access_token',
    'client secret',
    'code',
    'refresh_token',
    'session cookie',
    'state',
  ])
})

plain(
  'the search that ends each rehearsal finds what was written down, in whatever file and form',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'optin-hub-canary-'))
    try {
      const secrets = new Map([['tok/en+1==', 'access_token']])
      await writeFile(join(folder, 'hub.db'), 'Acme Outfitters')
      expect(await findTraces({ secrets, folder, output: '' })).toEqual([])
      await writeFile(join(folder, 'hub.db-wal'), `\0\0${encodeURIComponent('tok/en+1==')}\0`)
      await writeFile(join(folder, 'stand-in.json'), 'tok/en+1==')
      const output = '{"msg":"signed in with opt-in-hub-demo"}'
      const found = ['password in what was printed', 'access_token in hub.db-wal']
      expect(await findTraces({ secrets, folder, output })).toEqual(found)
      await rm(join(folder, 'hub.db'))
      await rm(join(folder, 'hub.db-wal'))
      expect(await findTraces({ secrets, folder, output: '' })).toHaveLength(1)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
)
