import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runLoadts, writeScript } from './support/loadts.ts';

const FIRST_MS = 100;
const GAP_MS = 20;
const EVENTS = 6;

const SCRIPT = `
import { HttpUser, constant, task } from 'loadts';

export class Reader extends HttpUser {
  waitTime = constant(0.4);
  @task async read() { await this.client.stream('/events'); }
  @task async silent() { await this.client.stream('/silent', { check: () => true }); }
}
`;

let server: Server;
let url: string;
let script: Awaited<ReturnType<typeof writeScript>>;
/** How late the server itself was, for each event. */
let lateMs: number[];

beforeEach(async () => {
  lateMs = [];
  server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (request.url === '/silent') response.end(': nothing\n\n');
    else void sendEvents(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  script = await writeScript(SCRIPT);
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await script.remove();
});

async function sendEvents(response: { write(text: string): unknown; end(): unknown }): Promise<void> {
  const startMs = performance.now();
  for (let i = 0; i < EVENTS; i++) {
    const dueMs = startMs + FIRST_MS + i * GAP_MS;
    await sleep(dueMs - performance.now());
    lateMs.push(performance.now() - dueMs);
    response.write(`data: ${i}\n\n`);
  }
  response.end();
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

describe('streams of many users', () => {
  it('are measured as they were sent, merged over two workers, and are absent where no event came', async () => {
    const options = ['--headless', '-H', url, '--processes', '2', '--allow-overload', '--only-summary'];
    const load = ['-u', '100', '-r', 'all', '-t', '5s'];
    const thresholds = [
      '--threshold',
      'tpot.p50 < 30ms',
      '--threshold',
      'goodput{name="/events", ttfe < 5s, gap < 5s} > 99%',
    ];
    const { stdout, exitCode } = await runLoadts(['run', script.path, ...options, ...load, ...thresholds]);
    expect(exitCode).toBe(0);
    const [table = ''] = stdout.slice(stdout.indexOf('Events of streams')).split('\n\n');
    expect(table).not.toContain('/silent');
    const cells = (/^GET +\/events +(.*)$/m.exec(table)?.[1] ?? '').split(/ +/).map(Number);
    const [streams = 0, first = 0, , , gap = 0, , , perEvent = 0] = cells;
    expect(streams).toBeGreaterThan(100);
    // A busy machine is late itself: what the server was late by is not the client's fault.
    const tolerance = 2 + median(lateMs);
    expect(Math.abs(first - FIRST_MS)).toBeLessThan(tolerance + 5);
    expect(Math.abs(gap - GAP_MS)).toBeLessThan(tolerance);
    expect(Math.abs(perEvent - GAP_MS)).toBeLessThan(tolerance);
  });
});
