import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEchoServer } from '../examples/echo-server/echo-server.mjs';
import { readSummary, runLoadts, writeScript } from './support/loadts.ts';

let server: ReturnType<typeof createEchoServer>;
let addresses: Awaited<ReturnType<typeof server.listen>>;

beforeEach(async () => {
  server = createEchoServer();
  addresses = await server.listen();
});

afterEach(() => server.close());

const load = ['--headless', '-u', '6', '-r', 'all', '-t', '2s', '--processes', '2', '--no-progress'];

describe('users that bring their own client', () => {
  it('echo over WebSocket, and every echo is counted', async () => {
    const target = ['--arg', `url=${addresses.webSocketUrl}`];
    const { exitCode, stdout } = await runLoadts(['run', 'websocket-echo.ts', ...load, ...target]);
    const { echoes } = server.counts();
    expect(exitCode).toBe(0);
    expect(echoes).toBeGreaterThan(6);
    expect(readSummary(stdout)).toEqual({
      'WS connect': { requests: 6, failures: 0 },
      'WS echo': { requests: echoes, failures: 0 },
      Aggregated: { requests: echoes + 6, failures: 0 },
    });
  });

  it('speak lines over TCP, and every line is counted', async () => {
    const target = ['--arg', `address=${addresses.lineAddress}`];
    const { exitCode, stdout } = await runLoadts(['run', 'raw-tcp.ts', ...load, ...target]);
    const { GET = 0, SET = 0 } = server.counts().lines;
    expect(exitCode).toBe(0);
    expect(GET).toBeGreaterThan(6);
    expect(readSummary(stdout)).toEqual({
      'TCP connect': { requests: 6, failures: 0 },
      'TCP GET': { requests: GET, failures: 0 },
      'TCP SET': { requests: SET, failures: 0 },
      Aggregated: { requests: GET + SET + 6, failures: 0 },
    });
  });

  it.each([
    ['websocket-echo.ts', 'url=ws://127.0.0.1:1', 'WS connect'],
    ['raw-tcp.ts', 'address=127.0.0.1:1', 'TCP connect'],
  ])(
    'fail where nobody listens, once for each user, and not as exceptions too: %s',
    async (script, target, name) => {
      const { exitCode, stdout } = await runLoadts(['run', script, ...load, '--arg', target]);
      expect(exitCode).toBe(1);
      expect(readSummary(stdout)).toMatchObject({ [name]: { requests: 6, failures: 6 } });
      expect(stdout).toContain('6  ' + name + ': connection refused (ECONNREFUSED)');
      expect(stdout).not.toContain('xception');
    },
  );

  it('have what is still under way at the end counted as cut off', async () => {
    const { path, remove } = await writeScript(`import { task, User } from 'loadts';
export class Waiter extends User {
  @task async wait() {
    await this.measure('X', 'quick', () => {});
    await this.measure('X', 'for ever', () => new Promise(() => {}));
  }
}`);
    const { stdout } = await runLoadts(['run', path, ...load, '--stop-timeout', '200ms']);
    await remove();
    expect(readSummary(stdout)['Aggregated']).toEqual({ requests: 6, failures: 0 });
    expect(stdout).toMatch(/\b6 requests .*cut off/);
  });
});
