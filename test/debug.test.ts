import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { runLoadts } from './support/loadts.ts';

let api: ReturnType<typeof createSampleApi>;
let url: string;

beforeAll(async () => {
  api = createSampleApi();
  url = await api.listen();
});

afterAll(() => api.close());

it('--debug logs each request with what was sent and what came back', async () => {
  const args = ['run', 'first-test.ts', '--headless', '-H', url, '-u', '1', '-i', '2', '--debug'];
  const { exitCode, stderr } = await runLoadts(args);
  expect(exitCode).toBe(0);
  expect(stderr.match(/: GET http:\/\/127\.0\.0\.1:\d+\/ /g)).toHaveLength(2);
  expect(stderr).toContain('> accept: */*');
  expect(stderr).toContain('< 200 OK');
  expect(stderr).toMatch(/^= ok in [\d.]+ ms$/m);
});
