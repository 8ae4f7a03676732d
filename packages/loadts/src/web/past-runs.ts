import { REPORT_PERCENTILES, type RunReport, type RunResult } from '@loadts/core';
import type { RunDownload } from '@loadts/master';
import type { PastRun } from '@loadts/protocol';
import type { CommandRun } from '../commands/command-run.ts';

/** Each holds its histograms and series, which are some megabytes for a long run. */
const MOST_RUNS = 10;
const P95 = REPORT_PERCENTILES.indexOf(95);

interface Kept {
  readonly view: PastRun;
  readonly download: RunDownload;
}

/** The runs that are over, the newest ones: for their files, and to be compared. */
export class PastRuns {
  readonly #kept: Kept[] = [];

  /** Oldest first. */
  get views(): PastRun[] {
    return this.#kept.map(({ view }) => view);
  }

  find(id: string): RunDownload | undefined {
    return this.#kept.find(({ view }) => view.id === id)?.download;
  }

  add(run: CommandRun, report: RunReport): void {
    const { id } = run.facts;
    this.#kept.push({
      view: viewRun(id, report),
      download: { id, result: (): RunResult => run.recorder.resultOf(report), runFile: run.runFile },
    });
    if (this.#kept.length > MOST_RUNS) this.#kept.shift();
  }
}

function viewRun(id: string, { startedAt, durationSeconds, verdict, total }: RunReport): PastRun {
  const { requests, failures, percentilesMs } = total;
  return {
    id,
    startedAt,
    durationSeconds,
    verdict: verdict.kind,
    requests,
    failures,
    p95Ms: percentilesMs[P95] ?? 0,
  };
}
