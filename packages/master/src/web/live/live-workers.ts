import type { RunEvent, RunState, WorkerFacts, WorkerHealth } from '@loadts/core';
import type { WorkerView } from '@loadts/protocol';

const EVENT_STATES: Partial<Record<RunEvent['kind'], WorkerView['state'] | null>> = {
  workerMissing: 'missing',
  workerLost: 'lost',
  workerLeft: 'left',
  workerReturned: null,
  workerJoined: null,
};

/** The workers of a run, as their table shows them. */
export class LiveWorkers {
  readonly #facts = new Map<number, WorkerFacts>();
  readonly #health = new Map<number, WorkerHealth>();
  /** Of those that are not as the run is. */
  readonly #states = new Map<number, WorkerView['state']>();

  add(worker: WorkerFacts): void {
    this.#facts.set(worker.id, worker);
  }

  addHealth(health: WorkerHealth): void {
    this.#health.set(health.workerId, health);
  }

  addEvent({ kind, values }: RunEvent): void {
    const id = Number(values?.['worker']);
    const state = EVENT_STATES[kind];
    if (state === undefined || !Number.isInteger(id)) return;
    if (state === null) this.#states.delete(id);
    else this.#states.set(id, state);
  }

  describe(runState: RunState): WorkerView[] {
    const views = [...this.#facts.values()].map((facts) => this.#describe(facts, runState));
    const users = views.reduce((sum, view) => sum + view.users, 0);
    return views.map((view) => ({ ...view, share: users === 0 ? 0 : view.users / users }));
  }

  #describe({ id, hostname }: WorkerFacts, runState: RunState): WorkerView {
    const state = this.#states.get(id) ?? runState;
    const health = this.#health.get(id);
    const isThere = state === runState && runState !== 'stopped';
    return {
      id,
      hostname,
      state,
      users: isThere ? (health?.users ?? 0) : 0,
      share: 0,
      cpu: health?.cpu ?? null,
      loopDelayMs: health ? health.loopDelayUs / 1_000 : null,
      utilization: health?.utilization ?? null,
      memoryMb: health ? health.memoryBytes / 2 ** 20 : null,
    };
  }
}
