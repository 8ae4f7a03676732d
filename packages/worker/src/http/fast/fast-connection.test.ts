import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeClock } from '../../fake-clock.case.ts';
import { Recording } from '../../statistics/recording.case.ts';
import { ConnectionPools } from '../connection-pools.ts';
import { startRawServer } from '../test-server.case.ts';
import { UserHttpClient } from '../user-http-client.ts';

function createClient(host: string): { client: UserHttpClient; clock: FakeClock; recording: Recording } {
  const clock = new FakeClock(1_000);
  const recording = new Recording();
  const pools = new ConnectionPools({ clock, insecure: false, engine: 'fast' });
  const client = new UserHttpClient({ host, settings: {}, pools, clock, recorder: recording.recorder });
  onTestFinished(() => client.close());
  return { client, clock, recording };
}

const respond = (headers = ''): string => `HTTP/1.1 200 OK\r\n${headers}content-length: 2\r\n\r\nok`;

describe('an idle connection', () => {
  it.each([
    ['no hint', '', 74_000, 1],
    ['no hint', '', 76_000, 2],
    ['a hint of 5 s', 'Keep-Alive: timeout=5, max=100\r\n', 3_900, 1],
    ['a hint of 5 s', 'Keep-Alive: timeout=5, max=100\r\n', 4_100, 2],
    ['a hint of an hour', 'keep-alive: timeout=3600\r\n', 76_000, 2],
    ['a hint without a time', 'keep-alive: max=5\r\n', 74_000, 1],
  ])('with %s (%j) is used for %i ms', async (_, headers, idleMs, connections) => {
    const { url, sockets } = await startRawServer((socket) => socket.write(respond(headers)));
    const { client, clock, recording } = createClient(url);
    await client.get('/');
    clock.jump(idleMs);
    expect((await client.get('/')).text()).toBe('ok');
    expect(sockets).toHaveLength(connections);
    expect(recording.total()).toEqual({ started: 2, ok: 2, bytesReceived: 4 });
  });

  it('on which something comes that nobody asked for is closed, and counted nowhere', async () => {
    const { url, sockets } = await startRawServer((socket) => socket.write(respond()));
    const { client, recording } = createClient(url);
    await client.get('/');
    const [socket] = sockets;
    const closed = socket && once(socket, 'close');
    socket?.write(respond());
    await closed;
    expect((await client.get('/')).text()).toBe('ok');
    expect(sockets).toHaveLength(2);
    expect(recording.total()).toEqual({ started: 2, ok: 2, bytesReceived: 4 });
  });
});

describe('a response that comes with more than was asked for', () => {
  it('counts, and its connection is used no more', async () => {
    const { url, sockets } = await startRawServer((socket) => socket.write(respond() + respond()));
    const { client, recording } = createClient(url);
    for (let i = 0; i < 3; i++) expect((await client.get('/')).text()).toBe('ok');
    expect(sockets).toHaveLength(3);
    expect(recording.total()).toEqual({ started: 3, ok: 3, bytesReceived: 6 });
  });
});

describe('a response that comes before the body was sent', () => {
  it('counts, and its connection is used no more', async () => {
    const { url, sockets } = await startRawServer((socket, text) => {
      if (text.startsWith('POST') || text.startsWith('GET')) socket.write(respond());
    });
    const { client } = createClient(url);
    const endless = async function* (): AsyncGenerator<string> {
      yield 'a';
      await new Promise(() => {});
    };
    expect((await client.post('/', { body: endless() })).text()).toBe('ok');
    expect((await client.get('/')).text()).toBe('ok');
    expect(sockets).toHaveLength(2);
  });
});

describe('a request of a user', () => {
  it('has the host, the headers and the length that belong to it', async () => {
    const seen: string[] = [];
    const { url } = await startRawServer((socket, text) => {
      seen.push(text);
      socket.write(respond());
    });
    const { client } = createClient(url);
    await client.get('/a?b=c', { headers: { host: 'other.example', 'X-Own': 'ü'.normalize('NFC') } });
    await client.post('/');
    await client.post('/', { json: { a: 'ü' } });
    const [get = '', bare = '', json = ''] = seen;
    expect(get).toMatch(/^GET \/a\?b=c HTTP\/1\.1\r\nhost: other\.example\r\nconnection: keep-alive\r\n/);
    expect(bare).toMatch(/\r\ncontent-length: 0\r\n\r\n$/);
    expect(json).toMatch(/\r\ncontent-length: 10\r\n\r\n\{"a":"ü"\}$/);
  });
});
