import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { MAX_MESSAGE_BYTES } from '../version.ts';
import { connect } from './connect.ts';
import { describeConnection } from './connection.case.ts';
import { EventLog } from './event-log.case.ts';
import { openListener, openWebSocketPair, urlOf } from './websocket-pair.case.ts';

describeConnection('WebSocket', openWebSocketPair);

/** A peer that is not one of ours, and the listening side's log. */
async function openStranger(): Promise<{ stranger: WebSocket; log: EventLog }> {
  const logs: EventLog[] = [];
  const listener = await openListener((connection) => logs.push(new EventLog(connection)));
  const stranger = new WebSocket(urlOf(listener));
  await once(stranger, 'open');
  return { stranger, log: logs[0] as EventLog };
}

describe('a WebSocket connection', () => {
  it('keeps what is sent at once until somebody listens', async () => {
    const listener = await openListener((connection) => {
      new EventLog(connection);
      connection.send(Buffer.from('welcome'));
      connection.close('that was all');
    });
    const log = new EventLog(await connect(urlOf(listener)));
    expect(await log.untilClosed()).toBe('that was all');
    expect(log.texts).toEqual(['welcome']);
  });

  it('refuses text', async () => {
    const { stranger, log } = await openStranger();
    stranger.send('hello');
    stranger.send(Buffer.from('hello'));
    const [code, reason] = (await once(stranger, 'close')) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([1003, 'only binary messages are understood']);
    expect(await log.untilClosed()).toBe('only binary messages are understood');
    expect(log.messages).toEqual([]);
  });

  it('refuses a message above the limit before all of it has come', async () => {
    const { stranger, log } = await openStranger();
    stranger.on('error', () => {});
    stranger.send(Buffer.alloc(MAX_MESSAGE_BYTES + 5));
    expect(await log.untilClosed()).toContain('Max payload size exceeded');
    expect(log.messages).toEqual([]);
  });

  it('agrees on no compression, which could make much of little', async () => {
    const { stranger } = await openStranger();
    expect(stranger.extensions).toBe('');
    stranger.close();
  });

  it('tells when the other side vanishes without a word', async () => {
    const { stranger, log } = await openStranger();
    stranger.terminate();
    expect(await log.untilClosed()).toBe('the connection broke');
  });

  it('tells of bytes that are no WebSocket frames', async () => {
    const { stranger, log } = await openStranger();
    stranger.on('error', () => {});
    (stranger as unknown as { readonly _socket: { write(bytes: Buffer): void } })._socket.write(
      Buffer.alloc(9, 0xff),
    );
    expect(await log.untilClosed()).toContain('Invalid WebSocket frame');
  });
});
