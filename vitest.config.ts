import { defineConfig } from 'vitest/config'

// Sources import each other through package.json `imports` under the `source` condition.
const source = { conditions: ['source'] }

export default defineConfig({
  resolve: source,
  ssr: { resolve: source },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'test/chaos/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
