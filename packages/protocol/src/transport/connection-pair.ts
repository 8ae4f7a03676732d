import { type Connection, type ConnectionEvents, findOversize } from './connection.ts';

/** Two ends of one connection inside a process, for tests. Messages arrive in a later microtask, as over a network. */
export function createConnectionPair(): [Connection, Connection] {
  const ends: (ConnectionEvents | undefined)[] = [];
  const received = [0, 0];
  let open = true;
  let closedBy: number | undefined;
  const createEnd = (own: number, other: number): Connection => {
    const close = (reason: string): void => {
      if (!open) return;
      open = false;
      closedBy = own;
      queueMicrotask(() => {
        for (const end of ends) end?.closed(reason);
      });
    };
    return {
      bufferedBytes: 0,
      get receivedBytes() {
        return received[own] as number;
      },
      send(bytes) {
        if (!open) return;
        const problem = findOversize(bytes);
        if (problem !== undefined) return close(problem);
        queueMicrotask(() => {
          if (closedBy === other) return;
          received[other] = (received[other] as number) + bytes.length;
          ends[other]?.message(bytes);
        });
      },
      close,
      listen(events) {
        ends[own] = events;
      },
    };
  };
  return [createEnd(0, 1), createEnd(1, 0)];
}
