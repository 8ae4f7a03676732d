import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { readSummary, runLoadts, startLoadts, writeScript } from './support/loadts.ts';

let api: ReturnType<typeof createSampleApi>;
let url: string;
let script: Awaited<ReturnType<typeof writeScript>>;

const SCRIPT = `
import { constant, HttpUser, LoadTestShape, task } from 'loadts';

export class Visitor extends HttpUser {
  waitTime = constant(0.05);
  @task async home() { await this.client.get('/'); }
  @task async missing() { await this.client.get('/nowhere'); }
}

/** Up and down with several spawn rates. */
export class Wave extends LoadTestShape {
  tick() {
    const stages = [[3, 12, 6], [6, 12, 100], [9, 3, 3], [11, 8, 100]];
    const stage = stages.find(([end]) => this.getRunTime() < end);
    return stage ? { users: stage[1], spawnRate: stage[2] } : null;
  }
}
`;

/** What the stages above plan at the end of each second. */
const PLANNED = [6, 12, 12, 12, 12, 12, 9, 6, 3, 8, 8];

beforeEach(async () => {
  api = createSampleApi();
  url = await api.listen();
  script = await writeScript(SCRIPT);
});

afterEach(async () => {
  await api.close();
  await script.remove();
});

/** The rows of a CSV file without quoted cells, by column. */
async function readCsv(name: string): Promise<Readonly<Record<string, string>>[]> {
  const text = await readFile(join(script.folder, `run_${name}.csv`), 'utf8');
  const [header = '', ...lines] = text.split('\r\n');
  expect(lines.pop()).toBe('');
  const columns = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [columns[i], cell])));
}

describe('the CSV files', () => {
  it.each([1, 3])(
    'show users that follow the planned curve within a second, on %i workers',
    async (workers) => {
      const args = ['run', script.path, '--headless', '-H', url, '--csv', join(script.folder, 'run')];
      await runLoadts([...args, '--processes', `${workers}`]);
      const rows = await readCsv('stats_history');
      const users = rows.map((row) => Number(row['User Count']));
      expect(users.length).toBeGreaterThanOrEqual(PLANNED.length);
      // Not the last one, in which the users leave.
      PLANNED.slice(0, -1).forEach((_, second) => {
        const near = PLANNED.slice(Math.max(0, second - 1), second + 2);
        expect(users[second]).toBeGreaterThanOrEqual(Math.min(...near));
        expect(users[second]).toBeLessThanOrEqual(Math.max(...near));
      });
    },
  );

  it('agree with the summary and the server', async () => {
    const args = ['run', script.path, '--headless', '-H', url, '--csv', join(script.folder, 'run')];
    const { stdout, exitCode } = await runLoadts([...args, '--csv-full-history']);
    const stats = await readCsv('stats');
    const printed = readSummary(stdout);
    expect(exitCode).toBe(1);
    expect(stats.map((row) => row['Name'])).toEqual(['/', '/nowhere', 'Aggregated']);
    for (const row of stats) {
      const name = `${row['Type']} ${row['Name']}`.trim();
      expect([Number(row['Request Count']), Number(row['Failure Count'])]).toEqual([
        printed[name]?.requests,
        printed[name]?.failures,
      ]);
    }
    expect(Number(stats[2]?.['Request Count'])).toBe(api.counts().total);
    const history = await readCsv('stats_history');
    const last = history.findLast((row) => row['Name'] === 'Aggregated');
    expect(last?.['Total Request Count']).toBe(stats[2]?.['Request Count']);
    const perSecond = history.filter((row) => row['Name'] === '/');
    const requests = perSecond.reduce((sum, row) => sum + Number(row['Requests/s']), 0);
    expect(requests).toBe(Number(stats[0]?.['Request Count']));
    expect(await readCsv('failures')).toMatchObject([
      { Method: 'GET', Name: '/nowhere', Occurrences: stats[1]?.['Failure Count'] },
    ]);
    expect(stdout).toContain(`Files: ${join(script.folder, 'run')}_stats.csv`);
  });

  it('are complete when SIGTERM stops the run half-way', async () => {
    const args = ['run', script.path, '--headless', '-H', url, '--csv', join(script.folder, 'run')];
    const command = startLoadts(args);
    await command.printed('    4s  running');
    command.process.kill('SIGTERM');
    await command.finished;
    const [total] = (await readCsv('stats')).slice(-1);
    expect(Number(total?.['Request Count'])).toBe(api.counts().total);
    const history = await readCsv('stats_history');
    expect(history.at(-1)?.['Total Request Count']).toBe(total?.['Request Count']);
  });

  it('are refused before the run where they cannot be written', async () => {
    const args = ['run', script.path, '--headless', '-H', url, '--csv', join(script.path, 'run')];
    const { exitCode, stderr } = await runLoadts(args);
    expect([exitCode, api.counts().total]).toEqual([2, 0]);
    expect(stderr).toContain('cannot write');
  });
});
