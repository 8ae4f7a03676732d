import { createServer, request as forward, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createClient, listen, startRawServer, startServer } from './test-server.case.ts';
import { readPem, startTlsServer } from './test-tls-server.case.ts';

/** A proxy that notes what it is asked for, and wants credentials if told which. */
async function startProxy(wanted?: string) {
  const asked: { readonly method: string; readonly url: string }[] = [];
  const isWelcome = ({ method = '', url = '', headers }: IncomingMessage): boolean => {
    asked.push({ method, url });
    const given = headers['proxy-authorization'];
    return given === (wanted === undefined ? undefined : `Basic ${btoa(wanted)}`);
  };
  const server = createServer((request, response) => {
    if (!isWelcome(request)) {
      response.writeHead(407).end();
      return;
    }
    const { 'proxy-authorization': _, ...headers } = request.headers;
    const onward = forward(request.url ?? '', { method: request.method ?? 'GET', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  server.on('connect', (request, socket) => {
    if (!isWelcome(request)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const [, port] = (request.url ?? '').split(':');
    const onward = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [onward, socket]) end.on('error', () => {});
  });
  return { ...(await listen(server)), asked };
}

describe('a proxy', () => {
  it('is asked for the whole URL of an http target, on one connection', async () => {
    const target = await startServer((request, response) => response.end(request.body));
    const proxy = await startProxy();
    const { client } = createClient(target.url, { proxy: proxy.url });
    for (const body of ['one', 'two']) expect((await client.post('/a?b=c', { body })).text()).toBe(body);
    expect(proxy.asked).toEqual(Array(2).fill({ method: 'POST', url: `${target.url}/a?b=c` }));
    expect(target.seen.map(({ headers }) => headers.host)).toEqual(Array(2).fill(new URL(target.url).host));
    expect(proxy.sockets).toHaveLength(1);
  });

  it('opens a tunnel to an https target, on one connection', async () => {
    const target = await startTlsServer();
    const proxy = await startProxy();
    const { client } = createClient(target.url, { proxy: proxy.url, tls: { ca: readPem('ca.cert') } });
    const first = await client.get('/');
    const second = await client.get('/');
    expect([first.text(), second.text()]).toEqual(['ok', 'ok']);
    expect(proxy.asked).toEqual([{ method: 'CONNECT', url: new URL(target.url).host }]);
    expect([proxy.sockets.length, target.sockets.length]).toEqual([1, 1]);
    expect([first.timings.connectMs > 0, first.timings.tlsMs > 0]).toEqual([true, true]);
  });

  it.each([true, false])('gets the credentials of its URL; https: %s', async (secure) => {
    const target = secure ? await startTlsServer() : await startServer();
    const proxy = await startProxy('me@home:p/w');
    const url = proxy.url.replace('http://', 'http://me%40home:p%2Fw@');
    const { client } = createClient(target.url, { proxy: url, tls: { ca: readPem('ca.cert') } });
    expect((await client.get('/')).text()).toBe('ok');
  });

  it('that refuses a tunnel fails the request, with its words', async () => {
    const proxy = await startProxy('me:secret');
    const { client, recording } = createClient('https://localhost:1', { proxy: proxy.url });
    for (let i = 0; i < 2; i++)
      expect((await client.get('/')).error).toMatchObject({ kind: 'refused', code: 'PROXY_407' });
    expect(recording.failures()).toEqual({ 'proxy: HTTP 407 Proxy Authentication Required': 2 });
  });

  it('that refuses an http request has answered it', async () => {
    const proxy = await startProxy('me:secret');
    const { client, recording } = createClient('http://localhost:1', { proxy: proxy.url });
    expect((await client.get('/')).status).toBe(407);
    expect(recording.total()).toMatchObject({ started: 1, httpError: 1 });
  });

  it.each([
    ['closes', '', 'proxy: connection closed before it answered'],
    ['does not speak HTTP', 'SSH-2.0-OpenSSH\r\n\r\n', 'proxy: malformed response'],
  ])('that %s fails the request', async (_, answer, message) => {
    const { url } = await startRawServer((socket) => socket.end(answer));
    const { client, recording } = createClient('https://localhost:1', { proxy: url });
    expect((await client.get('/')).error?.message).toBe(message);
    expect(recording.total()).toEqual({ started: 1, connectionError: 1 });
  });

  it('that does not answer runs into the limit for connecting', async () => {
    const { url } = await startRawServer(() => {});
    const { client } = createClient('https://localhost:1', { proxy: url, timeout: { connect: '30ms' } });
    expect((await client.get('/')).error?.message).toBe('proxy: timeout: no connection after 0.03 s');
  });

  it('is not taken from the environment', async () => {
    const { url } = await startServer();
    process.env['HTTP_PROXY'] = 'http://127.0.0.1:1';
    try {
      expect((await createClient(url).client.get('/')).status).toBe(200);
    } finally {
      delete process.env['HTTP_PROXY'];
    }
  });

  it.each(['proxy.example:3128', 'socks5://me:secret@host', 'http://me:secret@'])(
    'has to be an http URL, and shows no password where it is none: %s',
    (proxy) => {
      const create = () => createClient('http://localhost', { proxy });
      expect(create).toThrow('the proxy of a user class is not an http:// URL');
    },
  );
});
