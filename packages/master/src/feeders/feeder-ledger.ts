import { LoadtsError } from '@loadts/core';
import type { FeederSupply } from '@loadts/protocol';

const LEASE_ROWS = 500;
/** A worker has the lease that its users take from, and the next one. */
const LEASES_HELD = 2;

/** Places in the order of the rows that belong to one worker, from 0. */
export interface Lease {
  readonly from: number;
  /** The first place after it. */
  readonly to: number;
}

export interface FeederLedgerOptions {
  /** How many places there are; `Infinity` where there is no end. */
  readonly length: number;
  readonly workerIds: readonly number[];
  /** Where a lease from a place has to end so that it fits into a message; at most `to`. */
  readonly fit: (from: number, to: number) => number;
}

/**
 * Leases the places of a feeder to the workers, each once. While there are many, in chunks, so that workers can ask
 * ahead; the last ones only to users that wait, so that no worker keeps rows that users of another one want.
 */
export class FeederLedger {
  readonly #options: FeederLedgerOptions;
  /** Leased to each worker and not known to be used, in the order in which it uses them. */
  readonly #leases: Map<number, Lease[]>;
  #next = 0;

  constructor(options: FeederLedgerOptions) {
    this.#options = options;
    this.#leases = new Map(options.workerIds.map((id) => [id, []]));
  }

  get supply(): FeederSupply {
    const left = this.#options.length - this.#next;
    if (left === 0) return 'end';
    return left >= LEASES_HELD * LEASE_ROWS * this.#leases.size ? 'plenty' : 'scarce';
  }

  addWorker(workerId: number): void {
    this.#leases.set(workerId, []);
  }

  /**
   * @param held rows that the worker has and has not given to a user
   * @param wanted users that wait for one
   * @returns a lease; undefined where rows are scarce and nobody waits
   * @throws LoadtsError `MESSAGE_INVALID` for more rows held than there were leased
   */
  request(workerId: number, held: number, wanted: number): Lease | undefined {
    this.#forgetUsed(workerId, held);
    const count = this.supply === 'plenty' ? LEASE_ROWS : Math.min(wanted, LEASE_ROWS);
    if (count === 0) return undefined;
    const from = this.#next;
    const to = this.#options.fit(from, Math.min(from + count, this.#options.length));
    this.#next = to;
    this.#leases.get(workerId)?.push({ from, to });
    return { from, to };
  }

  /** @returns what is lost with the worker, since nobody knows which of it was used: never leased again */
  lose(workerId: number): Lease[] {
    const leases = this.#leases.get(workerId) ?? [];
    this.#leases.delete(workerId);
    return leases;
  }

  #forgetUsed(workerId: number, held: number): void {
    const leases = this.#leases.get(workerId) ?? [];
    let leased = leases.reduce((total, { from, to }) => total + to - from, 0);
    if (held > leased) {
      throw new LoadtsError(
        'MESSAGE_INVALID',
        `the worker holds ${held} of ${leased} rows that it was given`,
      );
    }
    for (let [first] = leases; first && leased - (first.to - first.from) >= held; [first] = leases) {
      leased -= first.to - first.from;
      leases.shift();
    }
  }
}
