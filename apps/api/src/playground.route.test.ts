import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { applicationIds } from './application/applications.js'
import { createTestApp } from './testing/create-test-app.js'

/** What `vite build` leaves, in small. */
function builtPlayground(): string {
  const root = mkdtempSync(join(tmpdir(), 'optin-hub-playground-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  mkdirSync(join(root, 'assets'))
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Playground</title>')
  writeFileSync(join(root, 'assets', 'editor.worker-B1a2c3D4.js'), 'export {}')
  return root
}

const cie: Record<string, string> = {
  UPS_ENVIRONMENT: 'cie',
  VAULT_KEYS: `test:${randomBytes(32).toString('base64')}`,
  ...Object.fromEntries(
    applicationIds.flatMap((id) => [
      [`UPS_${id}_CLIENT_ID`, `client-${id}`],
      [`UPS_${id}_CLIENT_SECRET`, `secret-${id}`],
    ]),
  ),
}

it('serves the playground with a policy of its own, and its files under the policy of everything else', async () => {
  const browser = (await createTestApp({ playgroundRoot: builtPlayground() })).browser()
  const policyOf = async (path: string) => {
    const { statusCode, headers } = await browser.request('GET', path, { headers: { accept: 'text/html' } })
    expect([path, statusCode < 500]).toEqual([path, true])
    return String(headers['content-security-policy']).split(';')
  }
  const strict = await policyOf('/healthz')
  for (const path of ['/playground/assets/editor.worker-B1a2c3D4.js', '/playground/none', '/', '/sign-in'])
    expect(await policyOf(path), path).toEqual(strict)
  for (const path of ['/playground', '/playground/']) {
    const own = await policyOf(path)
    expect(own.filter((part) => !strict.includes(part))).toEqual([
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self' data:",
      "worker-src 'self'",
    ])
    expect(strict.filter((part) => !own.includes(part))).toEqual([
      "style-src 'self'",
      "img-src 'self'",
      "font-src 'self'",
    ])
  }
})

it('keeps its hashed files for a year and its page for no time, and serves the page at its own address only', async () => {
  const browser = (await createTestApp({ playgroundRoot: builtPlayground() })).browser()
  const page = await browser.request('GET', '/playground')
  expect([page.statusCode, page.headers['cache-control'], page.body]).toEqual([
    200,
    'no-cache',
    '<!doctype html><title>Playground</title>',
  ])
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  const asset = await browser.request('GET', '/playground/assets/editor.worker-B1a2c3D4.js')
  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect((await browser.request('GET', '/playground/index.html')).statusCode).toBe(404)
})

it('opens to strangers in the rehearsal only; elsewhere they are asked to sign in', async () => {
  const world = await createTestApp({ environment: cie, playgroundRoot: builtPlayground() })
  const turnedAway = await world.browser().request('GET', '/playground')
  expect([turnedAway.statusCode, turnedAway.headers.location]).toEqual([
    303,
    '/sign-in?returnPath=/playground',
  ])
  const admin = await world.as('acme.admin')
  expect((await admin.request('GET', '/playground')).statusCode).toBe(200)
})

it('answers 404 where it was not built, and says so in the log', async () => {
  const world = await createTestApp()
  expect((await world.browser().request('GET', '/playground')).statusCode).toBe(404)
  expect(world.logged.join()).toContain('the playground is not built')
})
