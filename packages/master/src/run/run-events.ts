import type { RunEvent, RunEventKind } from '@loadts/core';
import type { ScenarioStage } from './load-control.ts';
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
  /** What was noted last, by scenario. */
  readonly #scenarios = new Map<string | undefined, ScenarioStage>();

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

  /** The scenarios stand like this now. */
  noteScenarios(all: readonly ScenarioStage[]): void {
    for (const now of all) {
      const { scenario, phase } = now;
      const before = this.#scenarios.get(scenario);
      this.#scenarios.set(scenario, now);
      if (scenario !== undefined && phase !== (before?.phase ?? 'waiting')) {
        const text = `scenario ${scenario} ${phase === 'running' ? 'began' : 'ended'}`;
        this.note('note', text, { values: { scenario } });
      }
      if (now.stage !== before?.stage) this.#noteStage(now, before?.stage);
    }
  }

  #noteStage({ scenario, stage }: ScenarioStage, before: string | undefined): void {
    const ofName = scenario === undefined ? '' : ` of ${scenario}`;
    const values = scenario === undefined ? {} : { scenario };
    if (stage === undefined) this.note('stage', `stage ${before}${ofName} ended`);
    else this.note('stage', `stage ${stage}${ofName} began`, { values: { stage, ...values } });
  }
}
