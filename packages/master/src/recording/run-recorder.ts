import {
  type RunEvent,
  type RunFacts,
  type RunRecord,
  RunRecording,
  type RunReport,
  type RunResult,
  type RunStart,
  type SecondDelta,
  type ThresholdResult,
  type WorkerFacts,
  type WorkerHealth,
} from '@loadts/core';
import type { CsvFiles } from '../report/csv/csv-files.ts';
import type { ReportFile } from '../report/report-file.ts';
import type { RunObserver } from '../run/run-observer.ts';
import type { Journal } from '../run-file/journal.ts';

export interface RunRecorderOptions {
  /** All that is known of the run before it starts. */
  readonly facts: Omit<RunStart, 'startedAt' | 'workers'>;
  readonly csv: CsvFiles | undefined;
  readonly journal: Journal | undefined;
  /** Written at the end. */
  readonly files: readonly ReportFile[];
  /** Told once for each file that cannot be written; the run goes on. */
  readonly onProblem: (problem: string) => void;
}

/** Records a run while it goes on, and writes its files. */
export class RunRecorder implements RunObserver {
  readonly #options: RunRecorderOptions;
  #recording: RunRecording | undefined;
  #startedMs = 0;

  constructor(options: RunRecorderOptions) {
    this.#options = options;
  }

  start(startedMs: number, workers: readonly WorkerFacts[]): void {
    this.#startedMs = startedMs;
    const startedAt = new Date(startedMs).toISOString();
    const start = { ...this.#options.facts, startedAt, workers };
    this.#recording = new RunRecording(start);
    this.#options.journal?.append({ type: 'start', start });
  }

  addWorker(worker: WorkerFacts): void {
    this.#add({ type: 'worker', worker });
  }

  addSecond(delta: SecondDelta): void {
    this.#options.csv?.addSecond(delta, this.#startedMs);
    this.#add({ type: 'interval', delta });
  }

  noteThresholds(results: readonly ThresholdResult[]): void {
    this.#add({ type: 'thresholds', results });
  }

  addHealth(health: WorkerHealth): void {
    this.#add({ type: 'health', health });
  }

  addEvent(event: RunEvent): void {
    this.#add({ type: 'event', event });
  }

  /** The result as it is with this report, before or after the run is finished. */
  resultOf(report: RunReport): RunResult {
    if (!this.#recording) this.start(Date.parse(report.startedAt), []);
    return this.resultWith(report);
  }

  /** Takes what was recorded before. */
  add(record: Exclude<RunRecord, { type: 'start' | 'end' }>): void {
    if (record.type === 'interval') this.addSecond(record.delta);
    else this.#add(record);
  }

  /** All that is known by now. @param facts what the records do not tell. @throws Error before the start */
  resultWith(facts: Partial<RunFacts>): RunResult {
    if (!this.#recording) throw new Error('nothing is recorded yet');
    return this.#recording.result(facts);
  }

  /** The numbers by now, quickly. @throws Error before the start */
  reportSoFar(): RunReport {
    if (!this.#recording) throw new Error('nothing is recorded yet');
    return this.#recording.soFar();
  }

  /** The run is over: writes all files. @returns the names of those that could be written */
  finish(report: RunReport): string[] {
    const { csv, journal } = this.#options;
    if (!this.#recording) this.start(Date.parse(report.startedAt), []);
    this.#add({ type: 'end', report });
    const runFile = journal?.isWhole ? [journal.path] : [];
    journal?.close();
    return [...(csv?.finish(report) ?? []), ...this.#writeFiles(), ...runFile];
  }

  /** Lets go of all files, also where the run came to nothing. */
  close(): void {
    this.#options.csv?.close();
    this.#options.journal?.close();
  }

  #writeFiles(): string[] {
    const { files, onProblem } = this.#options;
    const result = files.length > 0 ? this.#recording?.result() : undefined;
    if (!result) return [];
    const written: string[] = [];
    for (const file of files) {
      try {
        file.write(result);
        written.push(file.path);
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        onProblem(`cannot write ${file.path}: ${problem}`);
      }
    }
    return written;
  }

  #add(record: Exclude<RunRecord, { type: 'start' }>): void {
    this.#recording?.add(record);
    this.#options.journal?.append(record);
  }
}
