import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SlotServer {
  readonly url: string;
  /** What was asked for, each once, in order. */
  paths(): string[];
  close(): Promise<void>;
}

/** A target of known capacity: so many requests at once, each taking so long; further ones wait in line. */
export async function startSlotServer(slots: number, serviceMs: number): Promise<SlotServer> {
  /** When each slot is free: from the plan and not from timers, so that late ones cost no capacity. */
  const freeMs = Array.from({ length: slots }, () => 0);
  const paths = new Set<string>();
  const server = createServer((request, response) => {
    paths.add(request.url ?? '');
    const nowMs = performance.now();
    const slot = freeMs.indexOf(Math.min(...freeMs));
    const endMs = Math.max(nowMs, freeMs[slot] ?? 0) + serviceMs;
    freeMs[slot] = endMs;
    setTimeout(() => response.end('done'), endMs - nowMs);
  });
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths: () => [...paths].toSorted(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
