import { defineConfig } from 'vitest/config'
import base from './vitest.config.ts'

// Long suites that kill real processes; they run on their own, one file at a time.
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['test/chaos/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    fileParallelism: false,
    testTimeout: 120_000,
  },
})
