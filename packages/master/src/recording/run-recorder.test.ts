import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMPTY_HISTOGRAM, type RunResult, type SecondDelta } from '@loadts/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CsvFiles } from '../report/csv/csv-files.ts';
import type { ReportFile } from '../report/report-file.ts';
import { sampleReport } from '../report/sample-report.case.ts';
import { sampleResult } from '../report/sample-result.case.ts';
import { RunRecorder } from './run-recorder.ts';

function createRecorder(files: readonly ReportFile[], prefix?: string) {
  const problems: string[] = [];
  const onProblem = (problem: string): void => void problems.push(problem);
  const { startedAt: _, workers, ...facts } = sampleResult();
  const csv = prefix === undefined ? undefined : new CsvFiles({ prefix, fullHistory: false, onProblem });
  return {
    recorder: new RunRecorder({ facts, csv, journal: undefined, files, onProblem }),
    problems,
    workers,
  };
}

const SECOND: SecondDelta = {
  second: 0,
  users: 3,
  entries: [],
  aggregates: [],
  failures: [],
  exceptions: [],
  generatorDelay: EMPTY_HISTOGRAM,
  countedFrom: 0,
  late: false,
};

const HEALTH = { loopDelayUs: 1, sendDelayUs: 1, utilization: 0, cpu: 0, collectingUs: 0, memoryBytes: 0 };

describe('RunRecorder', () => {
  it('gives every file one and the same result, with all that was recorded', () => {
    const results: RunResult[] = [];
    const file = (path: string): ReportFile => ({ path, write: (result) => void results.push(result) });
    const { recorder, workers } = createRecorder([file('a'), file('b')]);
    recorder.start(Date.parse('2026-11-21T14:03:22.518Z'), workers.slice(0, 1));
    recorder.addWorker({ id: 9, hostname: 'late', pid: 1, cores: 1, loadts: '0.1.0' });
    recorder.addSecond(SECOND);
    recorder.addHealth({ workerId: 1, second: 0, users: 3, ...HEALTH });
    recorder.addEvent({ second: 0.5, kind: 'note', text: 'a note' });
    expect(recorder.finish(sampleReport({ seed: 7 }))).toEqual(['a', 'b']);
    const [result, other] = results;
    expect(other).toBe(result);
    expect(result).toMatchObject({
      seed: 7,
      startedAt: '2026-11-21T14:03:22.518Z',
      workers: [{ id: 1 }, { id: 9 }],
      series: { users: [3] },
      workerSeries: [{ workerId: 1, users: [3] }],
      events: [{ second: 0.5, kind: 'note', text: 'a note' }],
    });
  });

  it('goes on with the next file where one cannot be written, and says so', () => {
    const full: ReportFile = {
      path: 'full.json',
      write() {
        throw new Error('ENOSPC: no space left on device');
      },
    };
    const { recorder, problems } = createRecorder([full, { path: 'b', write: () => {} }]);
    recorder.start(0, []);
    expect(recorder.finish(sampleReport())).toEqual(['b']);
    expect(problems).toEqual(['cannot write full.json: ENOSPC: no space left on device']);
  });

  it('writes the CSV files beside them, with a row for each second', () => {
    const folder = mkdtempSync(join(tmpdir(), 'loadts-recorder-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { recorder } = createRecorder([{ path: 'a', write: () => {} }], join(folder, 'run'));
    recorder.start(5_000, []);
    recorder.addSecond(SECOND);
    expect(recorder.finish(sampleReport())).toHaveLength(5);
    const history = readFileSync(join(folder, 'run_stats_history.csv'), 'utf8').split('\r\n');
    expect(history[1]).toMatch(/^6,3,,Aggregated,/);
  });

  it('reports a run that was stopped before it began', () => {
    const results: RunResult[] = [];
    const { recorder } = createRecorder([{ path: 'a', write: (result) => void results.push(result) }]);
    recorder.finish(sampleReport());
    expect(results).toMatchObject([{ workers: [], series: { users: [] }, total: { requests: 20_000 } }]);
  });
});
