import type { RequestEvent } from '@loadts/core';
import { expect, it } from 'vitest';
import { createClient, startServer } from '../http/test-server.case.ts';
import { describeRequest } from './describe-request.ts';

const event: RequestEvent = {
  method: 'POST',
  name: 'sign in',
  url: 'http://h/login',
  outcome: 'checkFailed',
  status: 200,
  reason: 'no token',
  error: undefined,
  durationMs: 12.345,
  bytesReceived: 2,
  startedAtMs: 0,
  response: undefined,
  userClass: 'Buyer',
  ordinal: 3,
  tags: [],
};

it('measured work is described by its name and how it ended', () => {
  expect(describeRequest(event)).toBe(
    'Buyer 3: POST http://h/login (counted as sign in)\n= checkFailed: no token in 12.3 ms',
  );
  const measured = { ...event, url: undefined, outcome: 'ok', reason: undefined } as const;
  expect(describeRequest(measured)).toBe('Buyer 3: POST sign in\n= ok in 12.3 ms');
});

it('a request is described with what was sent and what came back, without secrets', async () => {
  const { url } = await startServer((request, response) => {
    if (request.url === '/old') response.writeHead(307, { location: '/new' }).end();
    else response.setHeader('set-cookie', 'id=topsecret').end('line 1\nline 2');
  });
  const { client } = createClient(url);
  const response = await client.post('/old', { json: { user: 'ann' }, auth: { bearer: 'topsecret' } });
  const text = describeRequest({ ...event, url: response.url, response });
  expect(text).toContain('> content-type: application/json');
  expect(text).toContain('> authorization: (hidden)');
  expect(text).toContain('> {"user":"ann"}');
  expect(text).toContain(`< 307 ${url}/old, followed\n< 200 OK`);
  expect(text).toContain('< line 1\n< line 2\n= checkFailed');
  expect(text).not.toContain('topsecret');
});

it('long bodies are cut', async () => {
  const { url } = await startServer((_, response) => void response.end('x'.repeat(9_000)));
  const response = await createClient(url).client.get('/');
  expect(describeRequest({ ...event, response })).toContain('x... (9000 characters)');
});
