import { closeSync, ftruncateSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { LoadtsError, type RunReport, type SecondDelta } from '@loadts/core';
import {
  type Cell,
  EXCEPTION_COLUMNS,
  exceptionRow,
  FAILURE_COLUMNS,
  failureRow,
  HISTORY_COLUMNS,
  STATS_COLUMNS,
  statsRow,
} from './csv-rows.ts';
import { formatCsv } from './format-csv.ts';
import { HistoryCsv } from './history-csv.ts';

export interface CsvFilesOptions {
  /** The files are called `PREFIX_stats.csv` and so on. */
  readonly prefix: string;
  /** A row for every entry in every second of the history. */
  readonly fullHistory: boolean;
  /** Told once, when a file cannot be written any more; the run goes on. */
  readonly onProblem: (problem: string) => void;
}

/** The four CSV files of a run, as Locust names and orders them. The history grows while the run goes on. */
export class CsvFiles {
  readonly #options: CsvFilesOptions;
  readonly #history: HistoryCsv;
  #file: number | undefined;
  /** Bytes of whole lines in the history. */
  #size = 0;

  /** Makes the folder and begins the history. @throws LoadtsError `FILE_NOT_WRITABLE` */
  constructor(options: CsvFilesOptions) {
    this.#options = options;
    this.#history = new HistoryCsv(options.fullHistory);
    const path = this.#path('stats_history');
    try {
      mkdirSync(dirname(path), { recursive: true });
      this.#file = openSync(path, 'w');
      this.#size = writeSync(this.#file, formatCsv([HISTORY_COLUMNS]));
    } catch (cause) {
      throw new LoadtsError('FILE_NOT_WRITABLE', `cannot write ${path}: ${describe(cause)}`, {
        hint: 'give --csv a prefix in a folder that can be written, such as out/run',
        cause,
      });
    }
  }

  /**
   * Adds a second to the history: whole lines only.
   * @param startedMs when the run started, in milliseconds since 1970
   */
  addSecond(delta: SecondDelta, startedMs: number): void {
    const rows = this.#history.rowsOf(delta, startedMs);
    const file = this.#file;
    if (file === undefined || rows.length === 0) return;
    this.#try(() => {
      const lines = Buffer.from(formatCsv(rows));
      // A full disk takes a part of them.
      if (writeSync(file, lines, 0, lines.length, this.#size) < lines.length)
        throw new Error('the disk is full');
      this.#size += lines.length;
    });
  }

  /** Writes the other three, each whole or not at all. @returns the names of the files */
  finish({ startedAt, entries, total, failures, exceptions }: RunReport): string[] {
    const startedMs = Date.parse(startedAt);
    const file = this.#file;
    if (file === undefined) return [];
    this.#try(() => {
      closeSync(file);
      this.#replace('stats', STATS_COLUMNS, [...entries, total].map(statsRow));
      this.#replace(
        'failures',
        FAILURE_COLUMNS,
        failures.map((failure) => failureRow(failure, startedMs)),
      );
      this.#replace('exceptions', EXCEPTION_COLUMNS, exceptions.map(exceptionRow));
    });
    if (this.#file === undefined) return [];
    this.#file = undefined;
    return ['stats', 'stats_history', 'failures', 'exceptions'].map((name) => this.#path(name));
  }

  /** Where a run came to nothing: what is there stays. */
  close(): void {
    const file = this.#file;
    if (file === undefined) return;
    this.#file = undefined;
    closeSync(file);
  }

  #path(name: string): string {
    return `${this.#options.prefix}_${name}.csv`;
  }

  #replace(name: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): void {
    const path = this.#path(name);
    writeFileSync(`${path}.part`, formatCsv([columns, ...rows]));
    renameSync(`${path}.part`, path);
  }

  #try(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (this.#file !== undefined) abandon(this.#file, this.#size);
      this.#file = undefined;
      this.#options.onProblem(`the CSV files are incomplete: ${describe(error)}`);
    }
  }
}

/** Leaves no half line behind. */
function abandon(file: number, size: number): void {
  try {
    ftruncateSync(file, size);
    closeSync(file);
  } catch {
    // It may have been closed already.
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
