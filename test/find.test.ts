import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlotServer } from '../examples/capacity/slot-server.mjs';
import { runLoadts, writeScript } from './support/loadts.ts';

const SCRIPT = `
import { HttpUser, rampingArrivalRate, task } from 'loadts';

export const rate = rampingArrivalRate([{ duration: '1s', rate: 5 }]);
export const options = { users: 500, runTime: '1s', threshold: 'p95 < 1us' };

export class Visitor extends HttpUser {
  @task async home() { await this.client.get('/'); }
}
`;

const SCENARIOS = `
import { HttpUser, task } from 'loadts';

export class Browser extends HttpUser {
  @task async look() { await this.client.get('/look'); }
}
export class Buyer extends HttpUser {
  @task async buy() { await this.client.get('/buy'); }
}
export const scenarios = {
  browse: { userClass: Browser, users: 3 },
  buy: { userClass: Buyer, users: 7, startAfter: '1h' },
};
`;

interface Found {
  readonly ceiling: number;
  readonly failsAt: number;
  readonly end: string;
  readonly levels: readonly { readonly level: number }[];
}

let server: ReturnType<typeof createSlotServer>;
let url: string;
let script: Awaited<ReturnType<typeof writeScript>>;

beforeEach(async () => {
  server = createSlotServer(8, 50);
  url = await server.listen();
  script = await writeScript(SCRIPT);
});

afterEach(async () => {
  await server.close();
  await script.remove();
});

const find = (...options: readonly string[]): ReturnType<typeof runLoadts> =>
  runLoadts(['find', script.path, '-H', url, '--processes', '1', '--allow-overload', ...options]);

describe('loadts find', () => {
  it('finds the 160 requests a second of a server with 8 slots of 50 ms, within 10 %', async () => {
    const json = join(script.folder, 'capacity.json');
    const html = join(script.folder, 'capacity.html');
    const search = [
      '--by',
      'rate',
      '--from',
      '75',
      '--to',
      '200',
      '--precision',
      '10%',
      '--max-users',
      '400',
    ];
    const times = ['--level-time', '2s', '--settle-time', '1s'];
    const files = ['--json', json, '--html', html];
    const { stdout, exitCode } = await find(
      '--slo',
      'p95 < 300ms, errors < 1%',
      ...search,
      ...times,
      ...files,
    );
    expect(exitCode).toBe(0);
    const { ceiling, failsAt, end, levels } = JSON.parse(await readFile(json, 'utf8')) as Found;
    expect(end).toBe('found');
    expect(ceiling).toBeGreaterThan(144);
    expect(ceiling).toBeLessThan(176);
    expect(failsAt).toBeGreaterThan(ceiling);
    expect(levels.filter(({ level }) => level === ceiling).length).toBeGreaterThan(1);
    expect(stdout).toContain(`Ceiling: ${ceiling}/s (held 2 of`);
    const page = await readFile(html, 'utf8');
    expect(page).toContain(`<p class="big good">${ceiling}/s</p>`);
    expect(page.match(/<th scope="row">/g)).toHaveLength(levels.length);
    expect(stdout).toContain('0s  75/s  settling');
    expect(stdout).toMatch(/^ *\d+s {2}150\/s {2}measured 1 of 2 s: 1[45]\d\.\d req\/s, p95 /m);
    expect(stdout).toMatch(/^Files: .*capacity\.json, .*capacity\.html$/m);
  });

  // 24 users in 8 slots wait for two others, so 150 ms; of 27, some wait for three.
  it('finds by users between which numbers of them the times get too long', async () => {
    const json = join(script.folder, 'capacity.json');
    const search = ['--from', '22', '--to', '27', '--precision', '20%', '--level-time', '2s'];
    const { exitCode } = await find('--slo', 'p95 < 190ms', ...search, '--settle-time', '0', '--json', json);
    expect(exitCode).toBe(0);
    const { ceiling, failsAt, end } = JSON.parse(await readFile(json, 'utf8')) as Found;
    expect({ ceiling, failsAt, end }).toEqual({ ceiling: 22, failsAt: 27, end: 'found' });
  });

  it('ends with exit code 1 where not even the lowest load holds', async () => {
    const search = ['--from', '1', '--to', '10', '--level-time', '2s', '--settle-time', '0'];
    const { stdout, exitCode } = await find('--slo', 'p95 < 10ms', ...search);
    expect(stdout).toContain('Ceiling: below 1 user, the lowest load: p95 was');
    expect(exitCode).toBe(1);
  });

  it('takes the user classes of the scenarios that are chosen, and leaves their load alone', async () => {
    await writeFile(script.path, SCENARIOS);
    const search = ['--from', '2', '--to', '10', '--level-time', '2s', '--settle-time', '0'];
    const { stdout, exitCode } = await find('--scenario', 'buy', '--slo', 'p95 < 10ms', ...search);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('Ceiling: below 2 users')]);
    expect(server.paths()).toEqual(['/buy']);
    const unknown = await find('--scenario', 'bey', '--slo', 'p95 < 10ms', ...search);
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('did you mean buy?')]);
  });

  it('says all that is wrong with the search, and runs nothing', async () => {
    const { stderr, exitCode } = await find('--from', '20', '--to', '10');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--slo is missing');
    expect(stderr).toContain('--from 20 is not below --to 10');
    const unknown = await find('--slo', 'p95 < 300');
    expect(unknown.stderr).toContain('the number has no unit');
    expect(unknown.exitCode).toBe(2);
  });
});
