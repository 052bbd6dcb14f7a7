import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    // The examples import the package by its name; a test must see the source and not the last build.
    alias: { '@optin-hub/oauth-client': fileURLToPath(new URL('src/index.ts', import.meta.url)) },
  },
  test: {
    include: ['src/**/*.test.ts', 'examples/**/*.test.ts'],
    // oidc-provider asks for a newer Node than we do, in a sentence at each start; nothing else may print.
    onConsoleLog: (log) => !log.includes('Unsupported runtime'),
    reporters: ['default', ['json', { outputFile: '.results/vitest.json' }]],
  },
})
