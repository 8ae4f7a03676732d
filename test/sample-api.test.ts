import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request as startRequest } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';

type SampleApi = ReturnType<typeof createSampleApi>;

const SERVER = fileURLToPath(new URL('../examples/sample-api/server.mjs', import.meta.url));

describe('the sample API', () => {
  const opened: SampleApi[] = [];
  const open = async (...options: Parameters<typeof createSampleApi>) => {
    const api = createSampleApi(...options);
    opened.push(api);
    return { api, url: await api.listen() };
  };
  afterEach(async () => {
    vi.useRealTimers();
    await Promise.all(opened.splice(0).map((api) => api.close()));
  });

  it('answers its endpoints in JSON', async () => {
    const { url } = await open();

    expect(await getJson(`${url}/`)).toEqual({ message: expect.any(String) });
    expect(await getJson(`${url}/users?page=2`)).toEqual({ users: expect.any(Array) });
    expect(await getJson(`${url}/status`)).toEqual({ status: 'healthy' });
  });

  it('echoes a created user with 201, and says what is wrong with anything else', async () => {
    const { url } = await open();
    const created = await post(`${url}/users`, '{ "name": "Zoë" }');

    expect(created.status).toBe(201);
    expect(created.headers.get('content-type')).toBe('application/json');
    expect(await created.text()).toBe('{ "name": "Zoë" }');
    for (const body of ['', '{', '[]', 'null', '"Ada"']) {
      expect((await post(`${url}/users`, body)).status).toBe(400);
    }
    expect((await post(`${url}/users`, ' '.repeat(1_048_577))).status).toBe(413);
    expect((await post(`${url}/status`, '{}')).status).toBe(405);
    expect((await fetch(`${url}/missing`)).status).toBe(404);
  });

  it('counts exactly what concurrent keep-alive clients see', async () => {
    const { api, url } = await open();
    let connections = 0;
    api.server.on('connection', () => connections++);
    const agent = new Agent({ keepAlive: true, maxSockets: 16 });
    const user = Buffer.from('{"name":"Ada"}');
    const targets = [
      { method: 'GET', path: '/' },
      { method: 'GET', path: '/users?page=7' },
      { method: 'HEAD', path: '/status' },
      { method: 'POST', path: '/users', body: user },
    ];

    const statuses = await Promise.all(
      Array.from({ length: 4_000 }, async (_, index) => {
        const { body, ...target } = targets[index % 4] as (typeof targets)[number];
        const headers = { 'X-Loadts-Worker': `w${index % 3}` };
        return exchange(startRequest(url + target.path, { agent, method: target.method, headers }), body);
      }),
    );
    agent.destroy();

    expect(statuses.filter((status) => status === 200)).toHaveLength(3_000);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1_000);
    expect(connections).toBe(16);
    expect(await getJson(`${url}/_sample/counts`)).toEqual({
      total: 4_000,
      failed: 0,
      requests: { 'GET /': 1_000, 'GET /users': 1_000, 'HEAD /status': 1_000, 'POST /users': 1_000 },
      workers: { w0: 1_334, w1: 1_333, w2: 1_333 },
    });
  });

  it('counts every answer, also 404, 405 and 400, but nothing below /_sample/', async () => {
    const { api, url } = await open();
    await fetch(`${url}/missing`);
    await post(`${url}/`, 'x');
    await post(`${url}/users`, 'x');
    await fetch(`${url}/_sample/counts`);
    expect((await fetch(`${url}/_sample/unknown`)).status).toBe(404);

    expect(api.counts().requests).toEqual({ 'GET /missing': 1, 'POST /': 1, 'POST /users': 1 });
    await post(`${url}/_sample/reset`);
    expect(api.counts()).toEqual({ total: 0, failed: 0, requests: {}, workers: {} });
  });

  it('does not count a request whose client hangs up before the answer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const { api, url } = await open({ slowMs: 200 });
    const impatient = startRequest(url);
    impatient.on('error', () => {}).end();
    const [, response] = await once(api.server, 'request');
    const gone = once(response, 'close');
    impatient.destroy();
    await gone;
    vi.advanceTimersByTime(200);

    expect(api.counts().total).toBe(0);
  });

  it('does not count a request that never arrives whole', async () => {
    const { api, url } = await open();
    const partial = startRequest(`${url}/users`, { method: 'POST', headers: { 'content-length': 100 } });
    partial.on('error', () => {}).write('{"name":');
    const [, response] = await once(api.server, 'request');
    const gone = once(response, 'close');
    partial.destroy();
    await gone;

    expect(api.counts().total).toBe(0);
  });

  it('fails every Nth answer, whatever the endpoint, and counts those', async () => {
    const { api, url } = await open({ failRatio: 0.25 });
    const statuses = await statusesOf(url, ['/', '/users', '/status', '/', '/', '/', '/', '/missing', '/']);

    expect(statuses).toEqual([200, 200, 200, 500, 200, 200, 200, 500, 200]);
    expect(api.counts()).toMatchObject({ total: 9, failed: 2 });
  });

  it('fails exactly the share of the answers, also one that binary fractions miss', async () => {
    const { api, url } = await open({ failRatio: 0.29 });
    await statusesOf(url, Array<string>(100).fill('/'));

    expect(api.counts().failed).toBe(29);
  });

  it('changes its mode while it runs and starts the sequence of failures again', async () => {
    const { url } = await open({ failRatio: 1 });
    const path = `${url}/_sample/mode`;

    expect(await (await post(path, '{"failRatio":0.5}')).json()).toEqual({ slowMs: 0, failRatio: 0.5 });
    expect(await statusesOf(url, ['/', '/', '/'])).toEqual([200, 500, 200]);
    await post(`${url}/_sample/reset`);
    expect(await statusesOf(url, ['/', '/'])).toEqual([200, 500]);
    expect(await (await post(path, '{"slowMs":5}')).json()).toEqual({ slowMs: 5, failRatio: 0.5 });
    await post(path, '{"slowMs":0,"failRatio":0}');
    expect(await statusesOf(url, ['/', '/', '/'])).toEqual([200, 200, 200]);
  });

  it('answers late in its slow mode, control requests excepted', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const { api, url } = await open({ slowMs: 200 });
    const answered = exchange(startRequest(url));
    await once(api.server, 'request');

    vi.advanceTimersByTime(199);
    expect(await exchange(startRequest(`${url}/_sample/counts`))).toBe(200);
    expect(api.counts().total).toBe(0);
    vi.advanceTimersByTime(1);
    expect(api.counts().total).toBe(1);
    expect(await answered).toBe(200);
  });

  it('drops a slow answer when it is closed', async () => {
    const { api, url } = await open({ slowMs: 3_600_000 });
    const slow = exchange(startRequest(url)).catch(() => 'dropped');
    await once(api.server, 'request');
    await api.close();

    expect(await slow).toBe('dropped');
    expect(api.counts().total).toBe(0);
  });

  it('refuses a mode that makes no sense, with all its problems, and keeps the old one', async () => {
    const { url } = await open();
    const path = `${url}/_sample/mode`;
    const refused = await post(path, '{"slowMs":-1,"failRatio":"0.1","slow":3}');

    expect(refused.status).toBe(400);
    const { error } = (await refused.json()) as { error: string };
    for (const part of ['slowMs is -1', 'failRatio is "0.1"', 'slow is not known']) {
      expect(error).toContain(part);
    }
    for (const body of ['', '[]', 'null', '{"failRatio":1.1}']) {
      expect((await post(path, body)).status).toBe(400);
    }
    expect(await (await post(path, '{}')).json()).toEqual({ slowMs: 0, failRatio: 0 });
    expect(() => createSampleApi({ failRatio: 2 })).toThrow(RangeError);
  });
});

describe('the sample API command', () => {
  const running: ChildProcess[] = [];
  const start = (...args: string[]) => {
    const child = spawn(process.execPath, [SERVER, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    running.push(child);
    return { child, ended: outcomeOf(child) };
  };
  const startListening = async (...args: string[]) => {
    const { child, ended } = start('--port', '0', ...args);
    const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    const url = /^sample API on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(line.toString())?.[1] ?? '';
    return { child, ended, url };
  };
  afterEach(async () => {
    const alive = running.splice(0).filter((child) => child.exitCode === null && child.signalCode === null);
    for (const child of alive) child.kill('SIGKILL');
    await Promise.all(alive.map((child) => once(child, 'exit')));
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'exits 0 on %s, also with an answer outstanding',
    async (signal) => {
      const { child, ended, url } = await startListening('--slow', '1m');
      const outstanding = fetch(url).catch(() => 'dropped');
      // Its answer comes after the server has taken the connection before it.
      await getJson(`${url}/_sample/counts`);
      child.kill(signal);

      expect(await ended).toMatchObject({
        code: 0,
        stdout: `sample API on ${url}\nanswered 0 requests, 0 of them with a failure on purpose\n`,
        stderr: '',
      });
      expect(await outstanding).toBe('dropped');
    },
  );

  it('misbehaves as its flags say', async () => {
    const { url } = await startListening('--fail', '0.5', '--slow', '1ms');

    expect(await statusesOf(url, ['/', '/', '/', '/'])).toEqual([200, 500, 200, 500]);
    expect(await (await post(`${url}/_sample/mode`, '{}')).json()).toEqual({ slowMs: 1, failRatio: 0.5 });
  });

  it('exits 2 on a port in use and says which', async () => {
    const { url } = await startListening();
    const { port } = new URL(url);
    const { code, stdout, stderr } = await start('--port', port).ended;

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`port ${port} on 127.0.0.1 is already in use`);
    expect(stderr).toContain('--port');
  });

  it('exits 2 on bad flags and names all of them', async () => {
    const bad = ['--port', '65536', '--slow=5q', '--fail', '1.5', '--fial', 'extra', '--host'];
    const { code, stdout, stderr } = await start(...bad).ended;

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toContain('    at ');
    for (const part of [
      '--port "65536"',
      '--slow "5q"',
      '--fail "1.5"',
      '--fial',
      '"extra"',
      '--host needs',
    ]) {
      expect(stderr).toContain(part);
    }
  });

  it('explains itself with --help', async () => {
    const { code, stdout, stderr } = await start('--help').ended;

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const flag of ['--port', '--host', '--slow', '--fail']) expect(stdout).toContain(flag);
  });
});

async function getJson(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

function post(url: string, body = ''): Promise<Response> {
  return fetch(url, { method: 'POST', body });
}

/** One after the other, since their order decides which of them fail. */
async function statusesOf(url: string, paths: readonly string[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const path of paths) {
    const response = await fetch(url + path);
    await response.arrayBuffer();
    statuses.push(response.status);
  }
  return statuses;
}

async function exchange(request: ClientRequest, body?: Uint8Array): Promise<number | undefined> {
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return response.statusCode;
}

async function outcomeOf(child: ChildProcess) {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => (stdout += chunk));
  child.stderr?.on('data', (chunk) => (stderr += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
