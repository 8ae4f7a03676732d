import type { Connection, ConnectionEvents } from './connection.ts';

/** Two ends of one connection inside a process, for tests. Messages arrive in a later microtask, as over a network. */
export function createConnectionPair(): [Connection, Connection] {
  const ends: (ConnectionEvents | undefined)[] = [];
  let open = true;
  const close = (reason: string): void => {
    if (!open) return;
    open = false;
    queueMicrotask(() => {
      for (const end of ends) end?.closed(reason);
    });
  };
  const createEnd = (own: number, other: number): Connection => ({
    bufferedBytes: 0,
    send(bytes) {
      if (open) queueMicrotask(() => ends[other]?.message(bytes));
    },
    close,
    listen(events) {
      ends[own] = events;
    },
  });
  return [createEnd(0, 1), createEnd(1, 0)];
}
