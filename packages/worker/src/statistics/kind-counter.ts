import type { ExceptionRecord, FailureRecord } from '@loadts/protocol';

interface Counted {
  count: number;
}

/** Kinds that one message tells apart, so that a target that fails in ever new ways cannot fill the memory. */
export const MAX_KINDS = 200;

/** What stands for the kinds beyond them. */
export const FURTHER_FAILURES = 'further kinds of failure';
export const FURTHER_EXCEPTIONS: Omit<ExceptionRecord, 'count'> = {
  userClass: '(other)',
  task: '',
  message: 'further kinds of exception',
  stack: '',
};

/** Equal for failures that are counted together. */
export function failureId({ entryId, reason }: Omit<FailureRecord, 'count'>): string {
  return `${entryId} ${reason}`;
}

/** Equal for exceptions that are counted together. */
export function exceptionId({ userClass, task, message }: Omit<ExceptionRecord, 'count' | 'stack'>): string {
  return `${userClass}\n${task}\n${message}`;
}

/** Counts events by kind; past `MAX_KINDS` they are counted under `other`. */
export class KindCounter<Kind extends Counted> {
  #kinds = new Map<string, Kind>();

  /** @param create makes the kind's record, only for its first event */
  add(id: string, create: () => Kind, createOther: () => Kind): void {
    const fits = this.#kinds.has(id) || this.#kinds.size < MAX_KINDS;
    const key = fits ? id : '(other)';
    const known = this.#kinds.get(key);
    if (known) known.count++;
    else this.#kinds.set(key, fits ? create() : createOther());
  }

  /** The kinds so far, and forgets them. */
  take(): Kind[] {
    const kinds = [...this.#kinds.values()];
    this.#kinds = new Map();
    return kinds;
  }
}
