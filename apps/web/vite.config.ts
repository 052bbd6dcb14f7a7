import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { pageWeights } from './page-weights.ts'

const hub = 'http://localhost:4000'

export default defineConfig(({ command }) => ({
  plugins: [vue({ features: { optionsAPI: false } }), pageWeights()],
  // Apollo strips its development messages only when this is known at build time.
  define: command === 'build' ? { 'globalThis.__DEV__': 'false' } : {},
  build: {
    target: 'es2022',
    // The content policy allows no `data:` address and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    // The hub accepts only the Host and the Origin of its own public address.
    proxy: {
      '/graphql': { target: hub, changeOrigin: true, headers: { origin: hub }, ws: true },
      '/oauth': { target: hub, changeOrigin: true },
      '/playground': { target: hub, changeOrigin: true },
    },
  },
  test: {
    environment: 'happy-dom',
    testTimeout: 60_000,
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/testing/fail-on-console.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: '.results/vitest.json' },
  },
}))
