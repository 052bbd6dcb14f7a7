import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const graphql = fileURLToPath(import.meta.resolve('graphql'))

export default defineConfig({
  // One copy of graphql: vitest would load the ESM build for our files and the CommonJS one for type-graphql.
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: {
    reporters: ['default', ['json', { outputFile: '.results/vitest.json' }]],
    setupFiles: ['src/testing/set-up.ts'],
    // One of the two mostly waits with the torture for leases to lapse.
    maxWorkers: 2,
    // Loading the house anew for each file would take as long as the tests themselves.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: ['{src,torture}/**/*.test.ts'],
          exclude: ['src/db/{postgres,notifications}.test.ts'],
          env: { TEST_ENGINE: 'sqlite' },
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: ['{src,torture}/**/*.test.ts'],
          exclude: [
            'src/{seal,config,errors,log,main,permissions,stand-in-files}.test.ts',
            'src/{db/sqlite,refresh/stalled-writers}.test.ts',
            // Which edges there are and whom they lead to is no matter of the engine.
            'src/testing/{packed-build,key-inventory,object-matrix/edges}.test.ts',
          ],
          env: { TEST_ENGINE: 'postgres' },
          globalSetup: ['src/testing/start-postgres.ts'],
        },
      },
    ],
  },
})
