import { once } from 'node:events';
import { type AddressInfo, connect as connectSocket, createServer } from 'node:net';
import { LoadtsError } from '@loadts/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { connect } from './connect.ts';
import { EventLog } from './event-log.case.ts';
import { listen } from './listen.ts';
import { openListener, urlOf } from './websocket-pair.case.ts';

const HOST = '127.0.0.1';

async function openRawServer(): Promise<number> {
  const server = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
  server.listen(0, HOST);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('listen', () => {
  it('finds a free port where none is given', async () => {
    const listener = await openListener(() => {});
    expect(listener.port).toBeGreaterThan(0);
  });

  it('says that a port is taken, and what to do', async () => {
    const port = await openRawServer();
    const error = await listen({ host: HOST, port, accept: () => {} }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LoadtsError);
    expect(error).toMatchObject({
      code: 'PORT_IN_USE',
      message: `${HOST}:${port} is in use by another program`,
    });
    expect((error as LoadtsError).hint).toBe('choose another port or stop the other program');
  });

  it('says that an address does not belong to this machine', async () => {
    const error = listen({ host: '192.0.2.1', port: 5_557, accept: () => {} });
    await expect(error).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: 'cannot listen on 192.0.2.1:5557 (EADDRNOTAVAIL)',
    });
  });

  it('hands over each connection', async () => {
    const accepted: EventLog[] = [];
    const listener = await openListener((connection) => accepted.push(new EventLog(connection)));
    for (const text of ['first', 'second']) {
      const connection = await connect(urlOf(listener));
      connection.send(Buffer.from(text));
      connection.close('done');
    }
    for (const log of accepted) await log.untilClosed();
    expect(accepted.map((log) => log.texts)).toEqual([['first'], ['second']]);
  });

  it('tells a browser that this is no web page', async () => {
    const listener = await openListener(() => {});
    const response = await fetch(`http://${HOST}:${listener.port}/`);
    expect([response.status, await response.text()]).toEqual([426, 'this is a loadts master\n']);
  });
});

describe('closing a listener', () => {
  it('brings what was sent, then ends the connections', async () => {
    const listener = await openListener((connection) => {
      new EventLog(connection);
      connection.send(Buffer.alloc(2_000_000));
      connection.send(Buffer.from('goodbye'));
    });
    const log = new EventLog(await connect(urlOf(listener)));
    await listener.close();
    await log.untilClosed();
    expect(log.texts.at(-1)).toBe('goodbye');
  });

  it('does not wait for those who connect and say nothing', async () => {
    const listener = await openListener(() => {});
    const probe = connectSocket(listener.port, HOST);
    await once(probe, 'connect');
    const ended = once(probe, 'close');
    await listener.close();
    await ended;
    await expect(connect(urlOf(listener))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('cuts off after 2 s who does not answer', async () => {
    const listener = await openListener((connection) => new EventLog(connection));
    const stubborn = new WebSocket(urlOf(listener));
    await once(stubborn, 'open');
    const ended = once(stubborn, 'close');
    stubborn.pause();
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const closed = listener.close();
    await vi.advanceTimersByTimeAsync(2_000);
    await closed;
    stubborn.resume();
    expect(await ended).toBeDefined();
  });
});
