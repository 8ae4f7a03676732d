import { closeSync, mkdirSync, openSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LoadtsError, type RunResult } from '@loadts/core';

/** A file that is written when the run is over. */
export interface ReportFile<Result = RunResult> {
  readonly path: string;
  /** Writes it whole or not at all. @throws Error where it cannot be written, such as on a full disk */
  write(result: Result): void;
}

export interface ReportFileOptions<Result = RunResult> {
  readonly path: string;
  /** The flag that asks for it: `--json`. */
  readonly flag: string;
  readonly format: (result: Result) => string | Uint8Array;
}

/** Makes sure that it can be written before anything runs. @throws LoadtsError `FILE_NOT_WRITABLE` */
export function createReportFile<Result = RunResult>({
  path,
  flag,
  format,
}: ReportFileOptions<Result>): ReportFile<Result> {
  const part = partOf(path);
  checkWritable(path, flag);
  return {
    path,
    write(result) {
      try {
        writeFileSync(part, format(result));
        renameSync(part, path);
      } catch (error) {
        removeQuietly(part);
        throw error;
      }
    },
  };
}

/** Creates the folder of a file, and tries to write there. @throws LoadtsError `FILE_NOT_WRITABLE` */
export function checkWritable(path: string, flag: string): void {
  const part = partOf(path);
  try {
    mkdirSync(dirname(path), { recursive: true });
    // Neither a file of an earlier run nor an empty one is left behind where this run fails.
    closeSync(openSync(part, 'w'));
    unlinkSync(part);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a folder');
  } catch (cause) {
    throw new LoadtsError('FILE_NOT_WRITABLE', `cannot write ${path}: ${describe(cause)}`, {
      hint: `give ${flag} a file in a folder that can be written, such as out/run`,
      cause,
    });
  }
}

function partOf(path: string): string {
  return `${path}.part`;
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It may never have been there.
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
