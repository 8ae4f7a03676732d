import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { resolveWaitFor, type WaitForOptions, waitForTarget } from './wait-for-target.ts';

async function startTarget(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
}

/** Resolves with what the target answered until it was ready. */
async function wait(
  url: string,
  options: Partial<WaitForOptions> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<string[]> {
  const answers: string[] = [];
  const onAnswer = (answer: string): void => void answers.push(answer);
  await waitForTarget(
    { url, match: undefined, timeoutMs: 10_000, insecure: false, onAnswer, ...options },
    signal,
  );
  return answers;
}

it('waits until the status is 2xx and the body holds the text, and tells each answer once', async () => {
  const bodies = ['busy', 'busy', 'not_ready', '{"status":"ready"}'];
  let asked = 0;
  const url = await startTarget((_, response) => {
    const body = bodies[asked++] as string;
    response.statusCode = body === 'busy' ? 503 : 200;
    response.end(body);
  });
  expect(await wait(url, { match: '"ready"' })).toEqual(['HTTP 503', 'the answer does not hold "ready"']);
  expect(asked).toBe(4);
});

it('gives up after its time, with the last answer', async () => {
  const url = await startTarget((_, response) => {
    response.statusCode = 302;
    response.setHeader('location', '/elsewhere').end();
  });
  await expect(wait(url, { timeoutMs: 100 })).rejects.toMatchObject({
    code: 'TARGET_NOT_READY',
    message: `${url} was not ready within 0.1 s: HTTP 302`,
  });
  await expect(wait('http://127.0.0.1:1/', { timeoutMs: 100 })).rejects.toThrow('ECONNREFUSED');
});

it('ends with the reason of its signal', async () => {
  const abortion = new AbortController();
  const url = await startTarget(() => abortion.abort(new Error('Ctrl-C')));
  await expect(wait(url, {}, abortion.signal)).rejects.toThrow('Ctrl-C');
});

it('takes a path of the host, and says what is missing', () => {
  const resolve = (waitFor?: string, waitForMatch?: string, host?: string): string | undefined =>
    resolveWaitFor({ waitFor, waitForMatch }, host);
  expect(resolve('/health', undefined, 'http://a:1/base/')).toBe('http://a:1/base/health');
  expect(resolve('http://b/ok', undefined, 'http://a')).toBe('http://b/ok');
  expect(resolve()).toBeUndefined();
  expect(() => resolve('/health')).toThrow('--wait-for /health has no host');
  expect(() => resolve(undefined, 'ready')).toThrow('--wait-for-match "ready" has nothing to look at');
});
