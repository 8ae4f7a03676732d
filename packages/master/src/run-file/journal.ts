import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { RunRecord } from '@loadts/core';
import { encodeRecord } from '@loadts/protocol';
import { frameRecord, MAGIC } from './frame.ts';

export interface JournalOptions {
  readonly path: string;
  /** Told once, when the file cannot be written any more; the run goes on. */
  readonly onProblem: (problem: string) => void;
}

/**
 * Writes a run down while it goes on, so that every report can be made again, also where the master dies. What was
 * appended survives the process, not the machine: nothing waits for the disk.
 */
export class Journal {
  readonly #options: JournalOptions;
  #file: number | undefined;
  /** Bytes of whole records in the file. */
  #size = 0;
  #waiting: Uint8Array[] = [];

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  get path(): string {
    return this.#options.path;
  }

  /** Whether everything so far is in the file. */
  get isWhole(): boolean {
    return this.#file !== undefined;
  }

  append(record: RunRecord): void {
    if (record.type === 'start') this.#open();
    if (this.#file === undefined) return;
    this.#waiting.push(frameRecord(encodeRecord(record)));
    // One write a second is enough for the health of a thousand workers.
    if (record.type !== 'health' && record.type !== 'worker') this.#write();
  }

  close(): void {
    const file = this.#file;
    if (file === undefined) return;
    this.#write();
    if (this.#file !== undefined) closeSync(file);
    this.#file = undefined;
  }

  #open(): void {
    this.#try(() => {
      this.#file = openSync(this.#options.path, 'w');
      this.#waiting = [MAGIC];
    });
  }

  #write(): void {
    const file = this.#file;
    if (file === undefined) return;
    const bytes = Buffer.concat(this.#waiting.splice(0));
    this.#try(() => {
      // A full disk takes a part of them.
      if (writeSync(file, bytes, 0, bytes.length, this.#size) < bytes.length) {
        throw new Error('the disk is full');
      }
      this.#size += bytes.length;
    });
  }

  #try(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (this.#file !== undefined) abandon(this.#file, this.#size);
      this.#file = undefined;
      const reason = error instanceof Error ? error.message : String(error);
      this.#options.onProblem(`the run file ${this.path} is incomplete: ${reason}`);
    }
  }
}

/** Leaves no half record behind. */
function abandon(file: number, size: number): void {
  try {
    ftruncateSync(file, size);
    closeSync(file);
  } catch {
    // A reader knows a half record when it sees one.
  }
}
