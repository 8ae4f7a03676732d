import { onTestFinished } from 'vitest';
import { connect } from './connect.ts';
import type { Connection } from './connection.ts';
import { type Listener, listen } from './listen.ts';

/** A listener on a free port, for the length of one test. */
export async function openListener(accept: (connection: Connection) => void): Promise<Listener> {
  const listener = await listen({ host: '127.0.0.1', port: 0, accept });
  onTestFinished(() => listener.close());
  return listener;
}

export function urlOf(listener: Listener): string {
  return `ws://127.0.0.1:${listener.port}`;
}

/** Both ends of a connection over real sockets: the one that connected first. */
export async function openWebSocketPair(): Promise<[Connection, Connection]> {
  let take: (connection: Connection) => void = () => {};
  const accepted = new Promise<Connection>((resolve) => {
    take = resolve;
  });
  const listener = await openListener(take);
  return [await connect(urlOf(listener)), await accepted];
}
