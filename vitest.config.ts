import { defineConfig } from 'vitest/config';

const sourceConditions = ['@loadts/source', 'module', 'node', 'development|production'];

/** They look at when things happen, so nothing else may keep the cores busy meanwhile. */
const TIMED = [
  'ci-examples',
  'find',
  'model-api',
  'network-failures',
  'open-model',
  'stopping',
  'streaming',
  'thresholds',
].map((name) => `test/${name}.test.ts`);

export default defineConfig({
  test: {
    // Options meant for one process would reach every process that a test starts.
    env: { NODE_OPTIONS: '' },
    maxWorkers: '100%',
    reporters: ['default', ['json', { outputFile: 'coverage/test-results.json' }]],
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.case.ts', '**/index.ts'],
      thresholds: { lines: 75, 'packages/core/src/**': { lines: 95 } },
    },
    projects: [
      {
        extends: true,
        ssr: { resolve: { conditions: sourceConditions } },
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts'],
          // Property tests take their time on a busy machine.
          testTimeout: 30_000,
          provide: { httpEngine: undefined },
        },
      },
      {
        extends: true,
        ssr: { resolve: { conditions: sourceConditions } },
        test: {
          // What speaks HTTP/1.1 has two ways to do it, and one suite.
          name: 'undici',
          include: ['packages/worker/src/http/**/*.test.ts'],
          exclude: ['packages/worker/src/http/fast/**'],
          testTimeout: 30_000,
          provide: { httpEngine: 'undici' },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/*.test.ts'],
          exclude: TIMED,
          // These start several processes each, which mostly wait.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'timed',
          include: TIMED,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/support/announce-browser.ts',
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'containers',
          include: ['test/containers/*.test.ts'],
          globalSetup: 'test/containers/build-images.ts',
          // The tests stop what they start; the container that would do so after a crash needs a registry.
          env: { TESTCONTAINERS_RYUK_DISABLED: 'true' },
          fileParallelism: false,
          sequence: { groupOrder: 4 },
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
