import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    // Room for starting the program on a busy machine; nothing waits that long when all is well.
    testTimeout: 30_000,
    expect: { poll: { timeout: 15_000 } },
    reporters: ['default', 'json'],
    outputFile: { json: '.results/vitest.json' },
  },
})
