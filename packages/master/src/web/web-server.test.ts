import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, post, startServer } from './web-server.case.ts';

const JSON_BODY = { 'content-type': 'application/json' };

/** fetch sets the Host header by itself. */
function askAs(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('the web server', () => {
  it('serves the page of a folder, with a policy that lets nothing else in, and says when it is unchanged', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loadts-page-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'index.html'), '<p>the page</p>');
    writeFileSync(join(folder, 'secret.key'), 'no');
    const { url } = await startServer({ page: pathToFileURL(`${folder}/`) });
    const page = await ask(url);
    expect(page).toMatchObject({ status: 200, text: '<p>the page</p>' });
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const again = await ask(url, { headers: { 'if-none-match': page.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    expect((await ask(`${url}/secret.key`)).status).toBe(404);
  });

  it('says what it does not have, where there is no page', async () => {
    const { url } = await startServer({ page: new URL('file:///nowhere/at/all/') });
    expect((await ask(url)).text).toContain('The page is not built');
    expect(await ask(`${url}/nope`)).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
  });

  it('describes every route in its OpenAPI document', async () => {
    const { url } = await startServer();
    const { text } = await ask(`${url}/api/v1/openapi.json`);
    const { openapi, paths } = JSON.parse(text) as {
      openapi: string;
      paths: Record<string, Record<string, { requestBody?: { content: Record<string, object> } }>>;
    };
    expect(openapi).toBe('3.1.0');
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual([
      'GET /api/v1/compare',
      'GET /api/v1/events',
      'GET /api/v1/log',
      'GET /api/v1/openapi.json',
      'GET /api/v1/run/history',
      'GET /api/v1/runs/{id}/csv/{kind}',
      'GET /api/v1/runs/{id}/report',
      'GET /api/v1/runs/{id}/result',
      'GET /api/v1/runs/{id}/run-file',
      'GET /api/v1/state',
      'GET /healthz',
      'GET /login',
      'GET /login.css',
      'GET /metrics',
      'POST /api/v1/run/pause',
      'POST /api/v1/run/rate',
      'POST /api/v1/run/reset',
      'POST /api/v1/run/resume',
      'POST /api/v1/run/start',
      'POST /api/v1/run/stop',
      'POST /api/v1/run/users',
      'POST /login',
      'POST /logout',
    ]);
    const body = paths['/api/v1/run/start']?.['post']?.requestBody?.content['application/json'];
    expect(body).toMatchObject({ schema: { properties: { spawnRate: {} }, additionalProperties: false } });
  });

  it('answers what is asked of the run', async () => {
    const { url, backend } = await startServer();
    expect(JSON.parse((await ask(`${url}/api/v1/state`)).text)).toEqual(backend.state);
    expect(JSON.parse((await ask(`${url}/api/v1/run/history`)).text)).toEqual(backend.history);
    expect(JSON.parse((await ask(`${url}/api/v1/log`)).text)).toEqual(backend.log);
    expect((await ask(`${url}/healthz`)).text).toBe('ok\n');
    expect((await ask(`${url}/metrics`)).text).toBe('');
  });

  it('passes on what a run is told to do', async () => {
    const { url, backend } = await startServer();
    const run = `${url}/api/v1/run`;
    await post(`${run}/start`, { users: 5, args: { tenant: 'a' } });
    await post(`${run}/users`, { users: 7, spawnRate: 'all' });
    for (const action of ['pause', 'resume', 'reset']) await post(`${run}/${action}`);
    await post(`${run}/stop`);
    await post(`${run}/stop`, { force: true });
    expect(backend.calls).toEqual([
      ['start', { users: 5, args: { tenant: 'a' } }],
      ['users', { users: 7, spawnRate: 'all' }],
      ['pause'],
      ['resume'],
      ['reset'],
      ['stop', false],
      ['stop', true],
    ]);
  });

  it.each([
    ['start', { users: 'many' }, 400, 'CONFIG_INVALID', 'users: "many" is not a whole number'],
    ['start', { user: 1 }, 400, 'BODY_INVALID', 'Unrecognized key: "user"'],
    ['users', { users: '7' }, 400, 'BODY_INVALID', 'users: Invalid input: expected number, received string'],
    ['rate', { rate: 5 }, 409, 'CONTROL_REFUSED', 'the run has no rate'],
    ['pause', '{', 400, 'BODY_INVALID', 'the body is not JSON'],
  ])('refuses %s with %j as %i', async (action, body, status, code, message) => {
    const { url } = await startServer();
    const answer = await post(`${url}/api/v1/run/${action}`, body);
    expect(answer).toMatchObject({ status, body: { error: { code, message } } });
  });

  it('says nothing of what is inside where something unexpected happens', async () => {
    const { url, errors } = await startServer();
    const answer = await post(`${url}/api/v1/run/start`, { users: 13 });
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 'INTERNAL_ERROR' } } });
    expect(answer.text).not.toContain('secret');
    expect(errors).toEqual([new Error('a bug with a secret in it')]);
  });

  it('refuses names that another site can point here, but for its health', async () => {
    const { url } = await startServer();
    const statuses = await Promise.all(
      [
        'evil.example',
        'localhost.evil.example',
        'user@localhost',
        'LOCALHOST:1',
        '[::1]:8089',
        '10.0.0.1',
        'loadtest.internal',
      ].map((host) => askAs(`${url}/api/v1/state`, host)),
    );
    expect(statuses).toEqual([403, 403, 400, 200, 200, 200, 200]);
    expect(await askAs(`${url}/healthz`, 'evil.example')).toBe(200);
  });

  it('lets no other site change anything, neither with a script nor with a form', async () => {
    const { url, backend } = await startServer();
    const start = `${url}/api/v1/run/start`;
    const refused = { status: 403, body: { error: { code: 'ORIGIN_REFUSED' } } };
    expect(await post(start, {}, { origin: 'http://evil.example' })).toMatchObject(refused);
    expect(await post(start, {}, { origin: 'null' })).toMatchObject(refused);
    expect(await post(start, {}, { 'sec-fetch-site': 'cross-site' })).toMatchObject(refused);
    const form = { method: 'POST', body: new URLSearchParams({ users: '5' }) };
    expect(await ask(start, form)).toMatchObject({ status: 415, body: { error: { code: 'BODY_NOT_JSON' } } });
    expect(await post(start, '{}', { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
    expect((await ask(`${start}`)).status).toBe(404);
    expect(backend.calls).toEqual([]);
    expect((await post(start, {}, { origin: url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('takes no body of more than 64 KiB', async () => {
    const { url, backend } = await startServer();
    const answer = await post(`${url}/api/v1/run/start`, { host: 'x'.repeat(65_536) });
    const refused = { status: 413, body: { error: { code: 'BODY_TOO_LARGE' } } };
    expect(answer).toMatchObject(refused);
    // Nothing says beforehand how much comes.
    const chunks = new Blob([JSON.stringify({ host: 'x'.repeat(65_536) })]).stream();
    const init = { method: 'POST', body: chunks, duplex: 'half', headers: JSON_BODY } as RequestInit;
    expect(await ask(`${url}/api/v1/run/start`, init)).toMatchObject(refused);
    expect(backend.calls).toEqual([]);
  });

  it('hands out the files of a run', async () => {
    const { url } = await startServer();
    const csv = await ask(`${url}/api/v1/runs/run-1/csv/stats`);
    expect(csv.text).toMatch(/^Type,Name,Request Count,.*\r\n/);
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="loadts_run-1_stats.csv"');
    expect((await ask(`${url}/api/v1/runs/run-1/csv/failures`)).text).toMatch(/^Method,Name,Error/);
    expect((await ask(`${url}/api/v1/runs/run-1/csv/exceptions`)).text).toMatch(/^Count,Message/);
    expect(JSON.parse((await ask(`${url}/api/v1/runs/run-1/result`)).text)).toMatchObject({
      format: 'loadts-result',
    });
    const missing = [
      'runs/run-2/result',
      'runs/run-1/csv/nope',
      'runs/run-1/csv/stats_history',
      'runs/run-1/run-file',
    ];
    for (const path of missing) {
      expect(await ask(`${url}/api/v1/${path}`)).toMatchObject({
        status: 404,
        body: { error: { code: 'NOT_FOUND' } },
      });
    }
  });

  it('compares two runs', async () => {
    const { url } = await startServer();
    const compared = await ask(`${url}/api/v1/compare?a=run-1&b=run-1`);
    expect(JSON.parse(compared.text)).toMatchObject({ total: expect.anything() });
    expect((await ask(`${url}/api/v1/compare?a=run-1&b=run-2`)).status).toBe(404);
    expect((await ask(`${url}/api/v1/compare?a=run-1`)).status).toBe(404);
  });

  it('names a port that is free where its own is not', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    await expect(startServer({ port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `the web UI cannot have 127.0.0.1:${port}: something else has it`,
      hint: expect.stringMatching(/--web-port \d+/),
    });
  });
});
