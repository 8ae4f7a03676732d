import type { RunEvent, RunEventKind } from '@loadts/core';
import type { RunObserver } from './run-observer.ts';
import type { RunProgress } from './run-progress.ts';

const SECOND_US = 1_000_000;
/** Further ones push the oldest out: a run may be long, and its workers restless. */
const MAX_EVENTS = 1_000;

/** What happens to a run beside its requests, in order. */
export class RunEvents {
  readonly #progress: RunProgress;
  readonly #observer: Pick<RunObserver, 'addEvent'>;
  readonly #list: RunEvent[] = [];
  #stage: string | undefined;

  constructor(progress: RunProgress, observer: Pick<RunObserver, 'addEvent'>) {
    this.#progress = progress;
    this.#observer = observer;
  }

  /** The newest ones, oldest first. */
  get list(): readonly RunEvent[] {
    return this.#list;
  }

  /** @param text one sentence without a full stop */
  note(kind: RunEventKind, text: string, more: Pick<RunEvent, 'by' | 'values'> = {}): void {
    const event = { second: this.#progress.elapsedUs / SECOND_US, kind, text, ...more };
    this.#list.push(event);
    if (this.#list.length > MAX_EVENTS) this.#list.shift();
    this.#observer.addEvent(event);
  }

  /** The load is in this stage of its shape now. */
  noteStage(stage: string | undefined): void {
    if (stage === this.#stage) return;
    const before = this.#stage;
    this.#stage = stage;
    if (stage !== undefined) this.note('stage', `stage ${stage} began`, { values: { stage } });
    else this.note('stage', `stage ${before} ended`);
  }
}
