import { defineConfig } from 'vitest/config';

// Apart from the others because it needs nginx on the PATH.
export default defineConfig({
  test: { include: ['tests/nginx/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 60_000 },
});
