import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCounts, EMPTY_HISTOGRAM, type EntryDelta, LoadtsError, type SecondDelta } from '@loadts/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHistogram } from '../../statistics/sample-snapshot.case.ts';
import { sampleEntry, sampleReport } from '../sample-report.case.ts';
import { CsvFiles } from './csv-files.ts';

const STARTED_MS = Date.parse('2026-11-21T14:03:22.518Z');

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'loadts-csv-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function createFiles(fullHistory = false) {
  const folder = createFolder();
  const problems: string[] = [];
  const prefix = join(folder, 'new folder', 'run');
  const files = new CsvFiles({ prefix, fullHistory, onProblem: (problem) => problems.push(problem) });
  const read = (name: string): string[] => readFileSync(`${prefix}_${name}.csv`, 'utf8').split('\r\n');
  return { files, read, problems, folder: join(folder, 'new folder') };
}

function entry(name: string, timesMs: readonly number[], failures = 0): EntryDelta {
  const counts = { started: timesMs.length, ok: timesMs.length - failures, httpError: failures };
  return {
    key: { method: 'GET', name },
    counts: { ...createCounts(), ...counts, bytesReceived: 100 * timesMs.length },
    latency: createHistogram(timesMs.map((ms) => ms * 1_000)),
  };
}

const second = (number: number, ...entries: readonly EntryDelta[]): SecondDelta => ({
  second: number,
  users: 7 + number,
  entries,
  aggregates: [],
  failures: [],
  exceptions: [],
  generatorDelay: EMPTY_HISTOGRAM,
  countedFrom: 0,
  late: false,
});

describe('the CSV files of a run', () => {
  it('have the columns of Locust, and the total as the last row', () => {
    const { files, read, folder } = createFiles();
    const entries = [sampleEntry({ name: '/a', requests: 4, failures: 1 })];
    expect(files.finish(sampleReport({ entries }))).toHaveLength(4);
    expect(readdirSync(folder).toSorted()).toEqual([
      'run_exceptions.csv',
      'run_failures.csv',
      'run_stats.csv',
      'run_stats_history.csv',
    ]);
    const [header, row, total, end] = read('stats');
    expect(header).toBe(
      'Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%',
    );
    expect(row).toMatch(/^GET,\/a,4,1,4\.21,4\.926,1\.305,205\.869,330,/);
    expect(total).toMatch(/^,Aggregated,20000,0,/);
    expect(end).toBe('');
    expect(read('stats_history')).toEqual([
      'Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%,Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size',
      '',
    ]);
  });

  it('tell each second on its own beside the totals until then', () => {
    const { files, read } = createFiles();
    files.addSecond(second(0, entry('/a', [10, 20]), entry('/b', [30])), STARTED_MS);
    files.addSecond(second(1), STARTED_MS);
    files.addSecond({ ...second(1, entry('/a', [90], 1)), late: true }, STARTED_MS);
    files.addSecond(second(2, entry('/a', [50, 50], 1)), STARTED_MS);
    const rows = read('stats_history')
      .slice(1, -1)
      .map((line) => line.split(','));
    const start = Math.floor(STARTED_MS / 1_000);
    const perSecond = rows.map((row) => [Number(row[0]) - start, ...row.slice(1, 6)]);
    expect(perSecond).toEqual([
      [1, '7', '', 'Aggregated', '3.000000', '0.000000'],
      [2, '8', '', 'Aggregated', '0.000000', '0.000000'],
      [3, '9', '', 'Aggregated', '2.000000', '1.000000'],
    ]);
    const columns = (from: number, to: number) => rows.map((row) => row.slice(from, to).map(Number));
    expect(columns(6, 7).map(([median]) => Math.round(median as number))).toEqual([20, Number.NaN, 50]);
    expect(rows[1]?.slice(6, 17)).toEqual(Array(11).fill('N/A'));
    // Count, failures, median, average, least, most, size.
    expect(columns(17, 24).map((totals) => totals.map(Math.round))).toEqual([
      [3, 0, 20, 20, 10, 30, 100],
      [3, 0, 20, 20, 10, 30, 100],
      [6, 2, 30, 42, 10, 90, 100],
    ]);
  });

  it('tell every name in every second where that is asked for', () => {
    const { files, read } = createFiles(true);
    files.addSecond(second(0, entry('/b', [10]), entry('/a', [20])), STARTED_MS);
    files.addSecond(second(1, entry('/b', [30])), STARTED_MS);
    const cells = read('stats_history')
      .slice(1, -1)
      .map((line) => line.split(','));
    const round = (cell = ''): string => (cell === 'N/A' ? cell : Number(cell).toFixed());
    expect(cells.map((row) => [row[3], row[4], round(row[6]), row[17]])).toEqual([
      ['/a', '1.000000', '20', '1'],
      ['/b', '1.000000', '10', '1'],
      ['Aggregated', '2.000000', '10', '2'],
      ['/a', '0.000000', 'N/A', '1'],
      ['/b', '1.000000', '30', '2'],
      ['Aggregated', '1.000000', '30', '3'],
    ]);
  });

  it('begin the totals anew with the first second that counts', () => {
    const { files, read } = createFiles();
    const counted = (number: number): SecondDelta => ({
      ...second(number, entry('/a', [10])),
      countedFrom: 2,
    });
    files.addSecond(second(0, entry('/a', [10, 20])), STARTED_MS);
    files.addSecond(counted(1), STARTED_MS);
    files.addSecond(counted(2), STARTED_MS);
    const totals = read('stats_history')
      .slice(1, -1)
      .map((line) => line.split(',')[17]);
    expect(totals).toEqual(['2', '0', '1']);
  });

  it('list failures with their times, and exceptions with their workers', () => {
    const { files, read } = createFiles();
    const failure = { key: { method: 'GET', name: '/a' }, reason: 'HTTP 500', count: 3 };
    const exception = {
      userClass: 'A',
      task: 'a',
      message: 'Error: "no"',
      stack: 'Error\n  at a.ts:1',
      count: 2,
    };
    files.finish(
      sampleReport({
        failures: [{ ...failure, firstSecond: 1, lastSecond: 60 }],
        exceptions: [{ ...exception, workers: [1, 3] }],
      }),
    );
    expect(read('failures')).toEqual([
      'Method,Name,Error,Occurrences,First Seen,Last Seen',
      'GET,/a,HTTP 500,3,2026-11-21T14:03:23.518Z,2026-11-21T14:04:22.518Z',
      '',
    ]);
    expect(read('exceptions')).toEqual([
      'Count,Message,Traceback,Nodes',
      '2,"Error: ""no""","Error\n  at a.ts:1","worker 1, worker 3"',
      '',
    ]);
  });

  it('escape what a spreadsheet would take for a formula', () => {
    const { files, read } = createFiles();
    files.finish(sampleReport({ entries: [sampleEntry({ name: '=cmd()' })] }));
    expect(read('stats')[1]).toMatch(/^GET,'=cmd\(\),/);
  });

  it('are refused before the run where they cannot be written', () => {
    const folder = createFolder();
    writeFileSync(join(folder, 'file'), '');
    const prefix = join(folder, 'file', 'run');
    expect(() => new CsvFiles({ prefix, fullHistory: false, onProblem: () => {} })).toThrow(LoadtsError);
  });

  it('can be closed where a run came to nothing, more than once, and are written no more', () => {
    const { files, read, problems, folder } = createFiles();
    files.addSecond(second(0, entry('/', [1])), STARTED_MS);
    files.close();
    files.close();
    files.addSecond(second(1, entry('/', [1])), STARTED_MS);
    expect(files.finish(sampleReport())).toEqual([]);
    expect(read('stats_history')).toHaveLength(3);
    expect([problems, readdirSync(folder)]).toEqual([[], ['run_stats_history.csv']]);
  });

  it('say once that they are incomplete when one cannot be written any more', () => {
    const { files, problems, folder } = createFiles();
    rmSync(folder, { recursive: true });
    files.addSecond(second(0, entry('/a', [10])), STARTED_MS);
    expect([files.finish(sampleReport()), files.finish(sampleReport())]).toEqual([[], []]);
    expect(problems).toEqual([expect.stringContaining('the CSV files are incomplete: ENOENT')]);
  });
});
