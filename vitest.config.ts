import { defineConfig } from 'vitest/config'

// Sources import each other through package.json `imports` under the `source` condition.
const source = { conditions: ['source'] }

export default defineConfig({
  resolve: source,
  ssr: { resolve: source },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'test/chaos/**'],
    // Files of one process share what they import, which takes most of a short file's time to load. None of them
    // changes what another one meets: state is made in tests, and undone by them.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
