import { defineConfig, mergeConfig } from 'vitest/config'
import base from './vitest.config.ts'

// Long suites that kill real processes; they run on their own, one file at a time.
export default mergeConfig(
  { ...base, test: { ...base.test, exclude: ['**/node_modules/**', 'dist/**'] } },
  defineConfig({
    test: { include: ['test/chaos/**/*.test.ts'], fileParallelism: false, testTimeout: 600_000 },
  }),
)
