import type { FeederHeader, MasterMessage } from '@loadts/protocol';
import { FeederDesk } from '../feeders/feeder-desk.ts';
import type { OpenFeeder } from '../feeders/open-feeders.ts';
import type { WorkMessage } from '../worker/worker-link.ts';
import { IterationLedger } from './iteration-ledger.ts';

export interface LeasesOptions {
  /** Undefined: no limit. */
  readonly iterations: number | undefined;
  /** In the order in which the script declares them. */
  readonly feeders: readonly OpenFeeder[];
  readonly seed: number;
  readonly workerIds: readonly number[];
  readonly send: (workerId: number, message: MasterMessage) => void;
  /** The data turned out to be wrong. */
  readonly failed: (problem: string) => void;
}

/** What is known of the users that a run wants. */
export interface FollowedPlan {
  readonly users: number;
  readonly generation: number;
  /** Whether more are to come, of a scenario that has yet to begin. */
  readonly isAwaited: boolean;
}

/** What the workers of a run get in parts, each once: iterations and rows of data. */
export class Leases {
  readonly #ledger: IterationLedger | undefined;
  readonly #feeders: FeederDesk;
  /** One sentence for each lease of a worker that is lost. */
  readonly lost: string[] = [];
  /** The same for workers that left in order. */
  readonly left: string[] = [];

  constructor({ iterations, ...options }: LeasesOptions) {
    const { workerIds, send } = options;
    this.#feeders = new FeederDesk(options);
    if (iterations === undefined) return;
    this.#ledger = new IterationLedger(iterations, workerIds, (id, count) =>
      send(id, { type: 'lease', count }),
    );
  }

  get feederHeaders(): readonly FeederHeader[] {
    return this.#feeders.headers;
  }

  /** Whether there was a limit of iterations, and not all of them have begun. */
  get hasIterationsLeft(): boolean {
    return this.#ledger !== undefined && !this.#ledger.exhausted;
  }

  /** @throws LoadtsError `MESSAGE_INVALID` where a worker gives back more than it had */
  receive(workerId: number, message: WorkMessage): void {
    if (message.type === 'leaseRequest') this.#ledger?.request(workerId);
    else if (message.type === 'leaseReturn') this.#ledger?.giveBack(workerId, message.count);
    else if (message.type === 'leaseEnd') this.#ledger?.end(workerId);
    else if (message.type === 'feederRequest') this.#feeders.request(workerId, message);
    else if (message.type === 'usersEnded') this.#feeders.endUsers(workerId, message.generation);
  }

  /** A worker takes part that was not there from the start; it has been told so. */
  addWorker(workerId: number): void {
    this.#feeders.addWorker(workerId);
    this.#ledger?.addWorker(workerId);
  }

  /** The worker has delivered and goes. */
  leave(workerId: number): void {
    this.left.push(...this.#feeders.lose(workerId).map((lost) => `worker ${workerId} left: ${lost}`));
    this.#ledger?.lose(workerId);
  }

  /** The worker is gone, with what it had. */
  lose(workerId: number): void {
    this.lost.push(...this.#feeders.lose(workerId).map((lost) => `worker ${workerId}: ${lost}`));
    const iterations = this.#ledger?.lose(workerId) ?? 0;
    if (iterations === 0) return;
    this.lost.push(
      `worker ${workerId}: the ${iterations} iterations that it had left may be lost and are not run again`,
    );
  }

  /** Whether nothing is left that users could do. @param plan the one that the workers follow */
  isOver({ users, generation, isAwaited }: FollowedPlan): boolean {
    const hasUsers = users > 0 && !isAwaited;
    return this.#ledger?.finished === true || (hasUsers && this.#feeders.isOver(generation));
  }
}
