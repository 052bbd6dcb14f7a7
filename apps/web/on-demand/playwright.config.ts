import { defineConfig } from '@playwright/test'
import rehearsals from '../playwright.config.js'

/** What takes long or makes files, and is therefore run by hand: `npm run screenshots`, `npm run lighthouse`. */
export default defineConfig({
  ...rehearsals,
  testDir: '.',
  outputDir: '../test-results',
  workers: 1,
  timeout: 30 * 60_000,
  reporter: 'list',
})
