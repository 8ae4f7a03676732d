import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runLoadts } from './support/loadts.ts';

/** What the health endpoint says, one answer each; the last one from then on. */
let answers: string[] = [];
const seen: string[] = [];
const server = createServer((request, response) => {
  seen.push(request.url ?? '');
  const answer = answers.length > 1 ? answers.shift() : answers[0];
  response.end(request.url === '/health' ? answer : 'hello');
});
let host: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => void server.close());

const run = (...options: string[]): ReturnType<typeof runLoadts> =>
  runLoadts(['run', 'first-test.ts', '--headless', '--processes', '1', '-i', '1', '-H', host, ...options]);

it('load starts when the health endpoint holds the text', async () => {
  answers = ['not_ready', 'not_ready', '{"status":"ready"}'];
  const { exitCode, stderr } = await run('--wait-for', '/health', '--wait-for-match', '"ready"');
  expect(exitCode).toBe(0);
  expect(seen).toEqual(['/health', '/health', '/health', '/']);
  expect(stderr).toContain(`waiting for ${host}/health: the answer does not hold`);
});

it('a target that is not ready in time ends with exit code 4 and no load', async () => {
  answers = ['not_ready'];
  seen.length = 0;
  const wait = ['--wait-for', `${host}/health`, '--wait-for-match', '"ready"', '--wait-for-timeout', '600ms'];
  const { exitCode, stderr } = await run(...wait);
  expect(exitCode).toBe(4);
  expect(stderr).toContain('was not ready within 0.6 s: the answer does not hold "ready"');
  expect(new Set(seen)).toEqual(new Set(['/health']));
});
