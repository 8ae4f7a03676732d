import { mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createCounts,
  EMPTY_HISTOGRAM,
  type RunResult,
  type RunStart,
  type SecondDelta,
  type VerdictKind,
} from '@loadts/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RunRecorder } from '../recording/run-recorder.ts';
import { CsvFiles } from '../report/csv/csv-files.ts';
import { sampleResult } from '../report/sample-result.case.ts';
import { createHistogram } from '../statistics/sample-snapshot.case.ts';
import { Journal } from './journal.ts';
import { mergeRuns } from './merge-runs.ts';
import { type CreateRecorder, type Replay, replayRun } from './replay-run.ts';

const { startedAt: _, workers, ...FACTS } = sampleResult();

interface TestRun {
  readonly name: string;
  readonly start?: Partial<RunStart>;
  /** What the requests of each second took. */
  readonly timesMs: readonly (readonly number[])[];
  readonly second?: Partial<SecondDelta>;
  readonly verdict?: { readonly kind: VerdictKind; readonly reasons: readonly string[] };
  readonly isKilled?: boolean;
}

function createSecond(second: number, timesMs: readonly number[]): SecondDelta {
  const counts = { ...createCounts(), started: timesMs.length, ok: timesMs.length };
  const latency = createHistogram(timesMs.map((ms) => ms * 1_000));
  const rest = { aggregates: [], failures: [], exceptions: [], generatorDelay: EMPTY_HISTOGRAM };
  const entries = [{ key: { method: 'GET', name: '/' }, counts, latency }];
  return { second, users: 2, entries, ...rest, countedFrom: 0, isWarm: true, isLoad: true, late: false };
}

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'loadts-merge-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Records a run of two workers. @returns its file */
function writeRun(folder: string, run: TestRun): string {
  const path = join(folder, run.name);
  const journal = new Journal({ path, onProblem: () => {} });
  const facts = { ...FACTS, id: run.name, thresholdTexts: ['p95 < 300ms'], ...run.start };
  const recorder = new RunRecorder({ facts, csv: undefined, journal, files: [], onProblem: () => {} });
  recorder.start(1_000, workers);
  run.timesMs.forEach((timesMs, second) => {
    recorder.addSecond({ ...createSecond(second, timesMs), ...run.second });
  });
  const { length } = run.timesMs;
  const coverage = { workers: 2, complete: 2, gaps: [] };
  const verdict = run.verdict ?? { kind: 'pass', reasons: [] };
  const report = { durationSeconds: length + 0.5, thresholds: [], coverage, warnings: [], verdict };
  if (!run.isKilled) recorder.finish(recorder.resultWith(report));
  else journal.close();
  return path;
}

const createRecorder: CreateRecorder = (facts) =>
  new RunRecorder({ facts, csv: undefined, journal: undefined, files: [], onProblem: () => {} });

/** The result as its files get it. */
function finish({ recorder, report }: Replay): RunResult {
  recorder.finish(report);
  return recorder.resultWith({});
}

describe('replayRun', () => {
  it('gives the very result that the run had', () => {
    const path = writeRun(createFolder(), { name: 'a', timesMs: [[10, 20], [], [30]] });
    const result = finish(replayRun(path, createRecorder));
    expect(result).toMatchObject({
      id: 'a',
      startedAt: '1970-01-01T00:00:01.000Z',
      durationSeconds: 3.5,
      verdict: { kind: 'pass' },
      total: { requests: 3, maxMs: 30, latency: { count: 3 } },
      series: { requests: [2, 0, 1] },
    });
  });

  it('makes a report of what there is where the master died, and says so', () => {
    const path = writeRun(createFolder(), { name: 'a', timesMs: [[10], [20]], isKilled: true });
    const gap = 'the master ended without a report; numbers up to second 2';
    expect(replayRun(path, createRecorder).report).toMatchObject({
      durationSeconds: 2,
      total: { requests: 2 },
      coverage: { workers: 2, complete: 0, gaps: [gap] },
      verdict: { kind: 'incomplete', reasons: [gap] },
    });
  });

  it('says that the last record was cut off, and has those before', () => {
    const path = writeRun(createFolder(), { name: 'a', timesMs: [[10], [20]], isKilled: true });
    truncateSync(path, readFileSync(path).length - 1);
    const { coverage, total } = replayRun(path, createRecorder).report;
    expect(coverage.gaps).toEqual([
      'the master ended without a report; numbers up to second 1, its last record was cut off',
    ]);
    expect(total.requests).toBe(1);
  });

  it('judges by the thresholds as they stood', () => {
    const folder = createFolder();
    const journal = new Journal({ path: join(folder, 'a'), onProblem: () => {} });
    const recorder = new RunRecorder({
      facts: FACTS,
      csv: undefined,
      journal,
      files: [],
      onProblem: () => {},
    });
    recorder.start(0, workers);
    recorder.addSecond(createSecond(0, [400]));
    const result = { threshold: 'p95 < 300ms', observed: 400, passed: false, reason: 'p95 was 400 ms' };
    recorder.noteThresholds([result]);
    journal.close();
    const { verdict, thresholds } = replayRun(join(folder, 'a'), createRecorder).report;
    expect(thresholds).toEqual([result]);
    expect(verdict.kind).toBe('fail');
  });

  it('has nothing to say of a run that never began', () => {
    const path = join(createFolder(), 'a');
    const journal = new Journal({ path, onProblem: () => {} });
    journal.append({ type: 'start', start: sampleResult() });
    truncateSync(path, 20);
    expect(() => replayRun(path, createRecorder)).toThrow(
      expect.objectContaining({
        code: 'RUN_FILE_INVALID',
        hint: expect.stringContaining('before the run began'),
      }),
    );
  });
});

describe('mergeRuns', () => {
  it('adds up what happened in the same seconds, with exact percentiles', () => {
    const folder = createFolder();
    const exceptions = [{ userClass: 'A', task: 't', message: 'm', stack: '', count: 1, workers: [2] }];
    const paths = [
      writeRun(folder, { name: 'a', timesMs: [[10, 20], [30]] }),
      writeRun(folder, { name: 'b', timesMs: [[200], [400], [500]], second: { exceptions } }),
    ];
    const result = finish(mergeRuns(paths, createRecorder));
    expect(result).toMatchObject({
      id: 'a+b',
      durationSeconds: 3.5,
      total: { requests: 6, maxMs: 500, minMs: 10 },
      series: { requests: [3, 2, 1], users: [4, 4, 2] },
      coverage: { workers: 4, complete: 4, gaps: [] },
      workers: [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }],
      exceptions: [{ count: 3, workers: [4] }],
      warnings: ['merged from 2 runs: each second is that since the start of each'],
      thresholds: [{ threshold: 'p95 < 300ms', passed: false, observed: 500 }],
      verdict: { kind: 'fail' },
    });
  });

  it('writes one row of the history for each second', () => {
    const folder = createFolder();
    const paths = ['a', 'b'].map((name) => writeRun(folder, { name, timesMs: [[10], [20, 30]] }));
    const prefix = join(folder, 'run');
    const { recorder, report } = mergeRuns(paths, (facts) => {
      const csv = new CsvFiles({ prefix, fullHistory: false, onProblem: () => {} });
      return new RunRecorder({ facts, csv, journal: undefined, files: [], onProblem: () => {} });
    });
    recorder.finish(report);
    const rows = readFileSync(`${prefix}_stats_history.csv`, 'utf8').trim().split('\r\n').slice(1);
    expect(rows.map((row) => row.split(',').slice(0, 5))).toEqual([
      ['2', '4', '', 'Aggregated', '2.000000'],
      ['3', '4', '', 'Aggregated', '4.000000'],
    ]);
  });

  it('names the run that something is missing of, or that is no pass for another reason', () => {
    const folder = createFolder();
    const teardown = { kind: 'fail', reasons: ['teardown() failed', '3 of 4 requests failed'] } as const;
    const overload = { kind: 'invalid', reasons: ['worker 1 was the limit'] } as const;
    const merge = (run: Partial<TestRun>): RunResult => {
      const paths = [{ name: 'a' }, { name: 'b', ...run }].map((fields) =>
        writeRun(folder, { timesMs: [[10]], ...fields }),
      );
      return finish(mergeRuns(paths, createRecorder));
    };
    expect(merge({ verdict: teardown }).verdict).toEqual({ kind: 'fail', reasons: ['b: teardown() failed'] });
    expect(merge({ verdict: overload }).verdict).toEqual({
      kind: 'invalid',
      reasons: ['b: worker 1 was the limit'],
    });
    const gap = 'b: the master ended without a report; numbers up to second 1';
    expect(merge({ isKilled: true })).toMatchObject({
      coverage: { workers: 4, complete: 2, gaps: [gap] },
      verdict: { kind: 'incomplete', reasons: [gap] },
    });
  });

  it('refuses runs that have nothing in common, with every reason', () => {
    const folder = createFolder();
    const timesMs = [[10]];
    const a = writeRun(folder, { name: 'a', timesMs });
    const start = { scriptHash: 'f'.repeat(64), thresholdTexts: [], options: { warmupMs: 5_000 } };
    const b = writeRun(folder, { name: 'b', timesMs, start, second: { countedFrom: 5 } });
    const merge =
      (...paths: readonly string[]) =>
      (): unknown =>
        mergeRuns(paths, createRecorder);
    const differ = (...texts: readonly string[]): unknown =>
      expect.objectContaining({
        code: 'RUN_FILES_DIFFER',
        message: expect.stringMatching(new RegExp(texts.join('.*'))),
      });
    expect(merge(a, b)).toThrow(
      differ(
        'the script is checkout.ts .3b1f3b1f3b1f. in .*, but checkout.ts .ffffffffffff. in',
        'the list of thresholds is p95 < 300ms in .*, but none in',
        '--warmup is not given in .*, but 5000 ms in',
        'the first second that counts is 0 in .*, but 5 in',
      ),
    );
    expect(merge(a, a)).toThrow(differ('is the same run as'));
    const staged = ['c', 'd'].map((name) =>
      writeRun(folder, { name, timesMs, start: { thresholdTexts: ['p95{stage="steady"} < 1s'] } }),
    );
    expect(merge(...staged)).toThrow(differ('looks at a stage of one run'));
  });
});
