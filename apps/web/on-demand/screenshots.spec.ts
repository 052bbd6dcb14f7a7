import type { Page } from '@playwright/test'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '../e2e/rehearsal.js'
import { companyId, signIn } from '../e2e/visits.js'
import { fillDemo } from './demo-world.js'

/** What the README shows. Small enough to be loaded with it. */
const limitBytes = 150_000

const applications = [
  { name: 'consumer-returns', path: '/applications/consumer-returns' },
  { name: 'reverse-logistics', path: '/applications/reverse-logistics' },
  { name: 'pickup-manager', path: '/applications/pickup-manager/settings', button: 'API' },
  { name: 'data-management', path: '/applications/data-management/admin' },
  { name: 'rating', path: '/applications/rating/company-manager' },
]

test('pictures of the five applications and of the overview', async ({ page, elsewhere, world }) => {
  await page.goto('/')
  await fillDemo(page, world)
  const company = await companyId(page)
  for (const { name, path, button } of applications) {
    await open(page, `${path}?company=${company}`)
    if (button) {
      await page.getByRole('button', { name: button, exact: true }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    }
    await take(page, name)
  }
  await elsewhere.goto('/')
  await signIn(elsewhere, 'solution.admin')
  await open(elsewhere, '/overview')
  await take(elsewhere, 'overview')
})

async function open(page: Page, path: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.waitForLoadState('networkidle')
}

async function take(page: Page, name: string): Promise<void> {
  const path = fileURLToPath(new URL(`../screenshots/${name}.png`, import.meta.url))
  await page.screenshot({ path, clip: { x: 0, y: 0, width: 1280, height: 720 } })
  expect(statSync(path).size, name).toBeLessThan(limitBytes)
}
