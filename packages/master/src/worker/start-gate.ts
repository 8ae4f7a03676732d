import type { LoadtsError } from '@loadts/core';
import type { WorkerLink } from './worker-link.ts';

interface Waiting {
  readonly expected: number;
  readonly onProgress: ((ready: number) => void) | undefined;
  open(): void;
  reject(reason: unknown): void;
}

/** Knows which workers have loaded the script, and lets a caller wait for a number of them. */
export class StartGate {
  readonly #ready = new Set<WorkerLink>();
  readonly #failed = new Map<WorkerLink, LoadtsError>();
  #waiting: Waiting | undefined;

  get ready(): WorkerLink[] {
    return [...this.#ready];
  }

  admit(link: WorkerLink): void {
    this.#ready.add(link);
    this.#report();
    this.#check();
  }

  /** The script does not work on this worker. */
  fail(link: WorkerLink, error: LoadtsError): void {
    this.#failed.set(link, error);
    this.#check();
  }

  remove(link: WorkerLink): void {
    if (this.#ready.delete(link)) this.#report();
    this.#failed.delete(link);
  }

  /** Resolves once so many are ready; rejects where the script fails on one of them, or with the signal's reason. */
  async wait(expected: number, signal: AbortSignal, onProgress?: (ready: number) => void): Promise<void> {
    signal.throwIfAborted();
    const opened = new Promise<void>((open, reject) => {
      this.#waiting = { expected, onProgress, open, reject };
    });
    const abort = (): void => this.#waiting?.reject(signal.reason);
    signal.addEventListener('abort', abort);
    this.#check();
    try {
      await opened;
    } finally {
      signal.removeEventListener('abort', abort);
      this.#waiting = undefined;
    }
  }

  #report(): void {
    this.#waiting?.onProgress?.(this.#ready.size);
  }

  #check(): void {
    if (!this.#waiting) return;
    const [failure] = this.#failed.values();
    if (failure) this.#waiting.reject(failure);
    else if (this.#ready.size >= this.#waiting.expected) this.#waiting.open();
  }
}
