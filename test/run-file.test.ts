import { copyFile, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSummary, runLimited, runLoadts, startLoadts, writeScript } from './support/loadts.ts';

let server: Server;
let url: string;
/** When each request came, in milliseconds since 1970. */
let served: number[];
let script: Awaited<ReturnType<typeof writeScript>>;

const SCRIPT = `
import { constant, HttpUser, task } from 'loadts';

export class Visitor extends HttpUser {
  waitTime = constant(0.05);
  @task async home() { await this.client.get('/'); }
}
`;

beforeEach(async () => {
  served = [];
  server = createServer((_, response) => {
    served.push(Date.now());
    response.end('hello');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  script = await writeScript(SCRIPT);
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await script.remove();
});

const inFolder = (name: string): string => join(script.folder, name);

const runArgs = (...more: readonly string[]): string[] => [
  'run',
  script.path,
  ...['--headless', '-H', url, '-u', '4', '-r', '4', '--processes', '2'].concat(more),
];

/** The summary without its beginning and the list of files. */
const numbersOf = (stdout: string): string[] =>
  stdout
    .split('\n')
    .filter(
      (line) => !/^ *\d+s +(spawning|running|stopping|stopped)|^Files:/.test(line) && line.trim() !== '',
    );

describe('a run file', () => {
  it('gives the reports up to the last second where the master is killed', async () => {
    const path = inFolder('run');
    const command = startLoadts(runArgs('-t', '12s', '--run-file', path));
    await command.printed('    8s  running');
    command.process.kill('SIGKILL');
    await command.finished;
    const report = ['report', path, '--csv', inFolder('out'), '--json', inFolder('out.json')];
    const { exitCode, stdout } = await runLoadts(report);
    const result = JSON.parse(await readFile(inFolder('out.json'), 'utf8'));
    const seconds: number = result.durationSeconds;
    expect(seconds).toBeGreaterThanOrEqual(7);
    expect(exitCode).toBe(4);
    expect(stdout).toContain(`the master ended without a report; numbers up to second ${seconds}`);

    const { requests } = result.total;
    expect(readSummary(stdout)['Aggregated']).toEqual({ requests, failures: 0 });
    const history = (await readFile(inFolder('out_stats_history.csv'), 'utf8')).trim().split('\r\n');
    expect(history).toHaveLength(1 + seconds);
    expect(history.at(-1)).toContain(`,${requests},0,`);
    const stats = await readFile(inFolder('out_stats.csv'), 'utf8');
    expect(stats).toContain(`,Aggregated,${requests},0,`);

    // A request belongs to the second of its end: it came a little before that.
    const startedMs = Date.parse(result.startedAt);
    const cameBefore = (second: number): number =>
      served.filter((atMs) => atMs < startedMs + second * 1_000).length;
    expect(requests).toBeLessThanOrEqual(cameBefore(seconds + 0.5));
    expect(requests).toBeGreaterThanOrEqual(cameBefore(seconds - 0.5));
  });

  it('has arrivals and streams also where the master is killed', async () => {
    await writeFile(script.path, SCRIPT.replace("client.get('/')", "client.stream('/')"));
    const path = inFolder('run');
    const load = ['--rate', '20', '--max-users', '10', '--processes', '2', '-t', '12s'];
    const args = ['run', script.path, '--headless', '-H', url, ...load, '--run-file', path];
    const command = startLoadts(args);
    await command.printed('    4s  running');
    command.process.kill('SIGKILL');
    await command.finished;
    const { stdout } = await runLoadts(['report', path, '--json', inFolder('out.json')]);
    const { arrivals, streams, durationSeconds } = JSON.parse(await readFile(inFolder('out.json'), 'utf8'));
    expect(arrivals).toMatchObject({ dropped: 0, lost: 0 });
    expect(Math.abs(arrivals.asked - 20 * durationSeconds)).toBeLessThanOrEqual(20);
    expect(stdout).toContain(`Arrivals: ${arrivals.asked} asked, ${arrivals.started} started`);
    expect(streams).toMatchObject([{ method: 'GET', name: '/' }]);
    expect(streams[0].firstEvent.measured).toBeGreaterThan(20);
  });

  it('gives the very numbers of a run that ended, also where its last record is cut off', async () => {
    const path = inFolder('run');
    const run = await runLoadts(runArgs('-t', '3s', '--run-file', path, '--threshold', 'requests > 1'));
    expect(run.stdout).toContain(`Files: ${path}`);
    const report = await runLoadts(['report', path]);
    expect(report.exitCode).toBe(run.exitCode);
    expect(numbersOf(report.stdout)).toEqual(numbersOf(run.stdout));

    const torn = inFolder('torn');
    await copyFile(path, torn);
    await truncate(torn, (await stat(path)).size - 3);
    const cut = await runLoadts(['report', torn]);
    expect(cut.exitCode).toBe(4);
    expect(cut.stdout.replaceAll(/\s+/g, ' ')).toContain('its last record was cut off');
    expect(readSummary(cut.stdout)).toEqual(readSummary(run.stdout));
  });

  it('of several machines makes one report', async () => {
    const paths = [inFolder('a'), inFolder('b')];
    const runs = await Promise.all(
      paths.map((path) => runLoadts(runArgs('-t', '2s', '--run-file', path, '--exit-code-on-error', '0'))),
    );
    const apart = await runLoadts(['report', ...paths]);
    expect([apart.exitCode, apart.stderr]).toEqual([2, expect.stringContaining('add --merge')]);
    const merged = await runLoadts(['report', ...paths, '--merge']);
    const [a = 0, b = 0] = runs.map(({ stdout }) => readSummary(stdout)['Aggregated']?.requests);
    expect(readSummary(merged.stdout)['Aggregated']?.requests).toBe(a + b);
    expect(a + b).toBe(served.length);
    expect(merged.stdout).toContain('merged from 2 runs');
    const same = await runLoadts(['report', `${paths[0]}`, `${paths[0]}`, '--merge']);
    expect([same.exitCode, same.stderr]).toEqual([2, expect.stringContaining('is the same run as')]);
  });

  it('is in .loadts/runs unless told otherwise, where report finds the newest', async () => {
    const options = { cwd: script.folder, env: { LOADTS_NO_RUN_FILE: 'false' } };
    const run = await runLoadts(runArgs('-t', '1s'), options);
    const [name] = await readdir(inFolder('.loadts/runs'));
    expect(run.stdout).toContain(`Files: ${join('.loadts', 'runs', name ?? '')}`);
    const report = await runLoadts(['report'], options);
    expect(readSummary(report.stdout)).toEqual(readSummary(run.stdout));
  });

  it('that fills the disk is reported once, and changes neither the run nor its verdict', async () => {
    const path = inFolder('run');
    const manyNames = SCRIPT.replace("'/'", "'/' + 'a-long-name-'.repeat(9) + Math.random()");
    await writeFile(script.path, manyNames);
    // The script's own bundle has to fit.
    const { exitCode, stdout, stderr } = await runLimited(16, runArgs('-t', '4s', '--run-file', path));
    expect([exitCode, readSummary(stdout)['Aggregated']]).toEqual([
      0,
      { requests: served.length, failures: 0 },
    ]);
    expect(stderr.split(`the run file ${path} is incomplete: `)).toHaveLength(2);
    expect(stdout).not.toContain('Files:');
    const report = await runLoadts(['report', path]);
    expect(report.exitCode).toBe(4);
    expect(report.stdout).toContain('the master ended without a report');
    expect(Number(readSummary(report.stdout)['Aggregated']?.requests)).toBeLessThan(served.length);
  });

  it('is refused where it cannot be written, and where it is none', async () => {
    const refused = await runLoadts(runArgs('--run-file', join(script.path, 'run')));
    expect([refused.exitCode, served.length]).toEqual([2, 0]);
    expect(refused.stderr).toContain('give --run-file a file in a folder that can be written');
    const other = await runLoadts(['report', script.path]);
    expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining('is not a run file')]);
  });
});
