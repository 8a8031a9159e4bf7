import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { readApiPath } from './build/api-path.ts';
import { readBuild, versionJson } from './build/version-json.ts';

const build = readBuild(process.env);
const apiPath = readApiPath(process.env.VITE_API_URL);
// The address of a running stack, for `npm run dev`: its reverse proxy answers under apiPath.
const devStack = process.env.DEV_STACK_URL;

export default defineConfig({
  define: {
    __BUILD__: JSON.stringify(build),
    __API_PATH__: JSON.stringify(apiPath),
  },
  plugins: [react(), versionJson(build)],
  server: devStack ? { proxy: { [apiPath]: { target: devStack, changeOrigin: true } } } : {},
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/nginx/**'],
    environment: 'jsdom',
    // One process for all files: starting jsdom takes longer than the tests.
    isolate: false,
    fileParallelism: false,
    testTimeout: 30_000,
    setupFiles: ['tests/setup.ts'],
  },
});
