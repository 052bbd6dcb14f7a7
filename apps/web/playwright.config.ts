import { defineConfig } from '@playwright/test'
import { findBrowser } from './e2e/browser.js'

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Every rehearsal has a hub and a UPS.com of its own: two at a time on two cores.
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '.results/playwright.json' }]],
  use: {
    locale: 'en-US',
    timezoneId: 'America/New_York',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: await findBrowser(),
      // Only loopback pages of our own are opened; a container's root cannot have Chromium's sandbox.
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  },
})
