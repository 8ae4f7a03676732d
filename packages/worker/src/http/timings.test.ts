import { describe, expect, it } from 'vitest';
import { createClient, startRawServer, startServer } from './test-server.case.ts';
import { readPem, startTlsServer } from './test-tls-server.case.ts';

describe('the timings of a request', () => {
  it('add up to its duration', async () => {
    const { url } = await startServer();
    const { client } = createClient(url.replace('127.0.0.1', 'localhost'));
    for (let i = 0; i < 3; i++) {
      const { timings, durationMs } = await client.get('/');
      const parts = Object.values(timings);
      expect(parts.every((ms) => ms >= 0)).toBe(true);
      expect(parts.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(durationMs, 6);
    }
  });

  it('tell what opening the connection took, and nothing of that on one that is used again', async () => {
    const { url } = await startTlsServer();
    const { client } = createClient(url, { tls: { ca: readPem('ca.cert') } });
    const first = await client.get('/');
    expect([first.status, first.reusedConnection]).toEqual([200, false]);
    const { dnsMs, connectMs, tlsMs, firstByteMs } = first.timings;
    expect([dnsMs > 0, connectMs > 0, tlsMs > 0, firstByteMs > 0]).toEqual([true, true, true, true]);
    const second = await client.get('/');
    expect(second.reusedConnection).toBe(true);
    expect(second.timings).toMatchObject({ dnsMs: 0, connectMs: 0, tlsMs: 0 });
    expect(second.timings.firstByteMs).toBeGreaterThan(0);
  });

  it('have no part for a host name that is an address, and none for TLS without it', async () => {
    const { url } = await startServer();
    const { timings } = await createClient(url).client.get('/');
    expect(timings).toMatchObject({ dnsMs: 0, tlsMs: 0 });
    expect(timings.connectMs).toBeGreaterThan(0);
  });

  it('have a download where the body comes after the headers', async () => {
    const { url } = await startRawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n');
      setTimeout(() => socket.write('ok'), 20);
    });
    const { timings } = await createClient(url).client.get('/');
    expect(timings.downloadMs).toBeGreaterThan(0);
  });

  it('belong to the step that failed', async () => {
    const { client } = createClient('http://nowhere.invalid');
    const { timings, durationMs, reusedConnection } = await client.get('/');
    expect(timings.dnsMs).toBeGreaterThan(0);
    expect(timings.waitMs + timings.dnsMs).toBeCloseTo(durationMs, 1);
    expect(timings).toMatchObject({ tlsMs: 0, firstByteMs: 0, downloadMs: 0 });
    expect(reusedConnection).toBe(false);
  });

  it('are those of all hops where redirects were followed', async () => {
    const other = await startServer((_, response) => setTimeout(() => response.end('there'), 20));
    const { url } = await startServer((_, response) =>
      setTimeout(() => response.writeHead(302, { location: `${other.url}/` }).end('moved'), 20),
    );
    const { client } = createClient(url);
    const first = await client.get('/');
    const again = await client.get('/');
    for (const { timings, durationMs } of [first, again]) {
      expect(Object.values(timings).reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(durationMs, 6);
      expect(timings.firstByteMs).toBeGreaterThan(35);
    }
    expect([first.reusedConnection, again.reusedConnection, again.timings.connectMs]).toEqual([
      false,
      true,
      0,
    ]);
    expect([first.bytesReceived, again.bytesSent]).toEqual([10, first.bytesSent]);
    const direct = await client.get(`${other.url}/`);
    expect(first.bytesSent).toBeGreaterThan(1.5 * direct.bytesSent);
  });

  it('can be read in a check', async () => {
    const { url } = await startServer();
    const response = await createClient(url).client.get('/', {
      check: ({ timings, bytesReceived, bytesSent, reusedConnection }) =>
        timings.connectMs > 0 && bytesReceived === 2 && bytesSent > 0 && !reusedConnection,
    });
    expect(response.status).toBe(200);
  });
});

describe('the bytes of a request', () => {
  it.each([
    ['plain', false],
    ['TLS', true],
  ])('are those of its headers and its body: %s', async (_, secure) => {
    const { url } = secure ? await startTlsServer() : await startServer();
    const { client } = createClient(url, { tls: { verify: false } });
    const sent: number[] = [];
    for (const body of ['', 'x'.repeat(1_000), '', 'é'.repeat(500_000)]) {
      const response = await client.post('/', { body, headers: { host: 'a' } });
      sent.push(response.bytesSent - Buffer.byteLength(body));
      expect(response.bytesReceived).toBe(2);
    }
    const head =
      'POST / HTTP/1.1\r\nhost: a\r\nconnection: keep-alive\r\nuser-agent: \r\naccept: */*\r\n\r\n';
    const rest = (sent[0] as number) - head.length - 'content-length: 0\r\n'.length;
    expect(rest).toBeGreaterThan('loadts/'.length);
    expect(sent.map((bytes) => bytes - (sent[0] as number))).toEqual([0, 3, 0, 6]);
  });

  it('are counted where no response comes', async () => {
    const { url } = await startRawServer((socket) => socket.end());
    const { bytesSent, bytesReceived } = await createClient(url).client.post('/', { body: 'x'.repeat(500) });
    expect([bytesSent > 500, bytesReceived]).toEqual([true, 0]);
  });
});
