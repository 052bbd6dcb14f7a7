import { defineConfig } from 'vitest/config'

export default defineConfig({
  base: '/playground/',
  build: {
    target: 'es2022',
    // The content policy allows no inline script, and `data:` for fonts only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor is one megabyte and more, whatever we do: it is loaded on this page only.
    chunkSizeWarningLimit: 5_000,
    rolldownOptions: {
      onwarn(warning, warn) {
        // Of React's server components, which this page has none of.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning)
      },
    },
  },
  worker: { format: 'es' },
  test: {
    include: ['src/**/*.test.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: '.results/vitest.json' },
  },
})
