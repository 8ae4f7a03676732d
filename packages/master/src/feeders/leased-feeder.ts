import { createRowOrder, type RowOrder } from '@loadts/core';
import type { FeederRowsMessage, FeederSupply } from '@loadts/protocol';
import { describeLostRows } from './describe-lost-rows.ts';
import { FeederLedger } from './feeder-ledger.ts';
import type { OpenFeeder } from './open-feeders.ts';
import { MAX_ROW_BYTES } from './row-source.ts';

/** Six times as much is the most that JSON makes of it, and still fits into a message. */
const MAX_LEASE_BYTES = MAX_ROW_BYTES;

export interface LeasedFeederOptions {
  readonly feeder: OpenFeeder;
  /** Of the feeder among those of the script. */
  readonly index: number;
  readonly seed: number;
  readonly workerIds: readonly number[];
  readonly send: (workerId: number, message: FeederRowsMessage) => void;
  /** The file cannot be read any more. */
  readonly failed: (error: unknown) => void;
}

/** The rows of one feeder in one run: who gets which, in the order of the requests. */
export class LeasedFeeder {
  readonly #options: LeasedFeederOptions;
  readonly #order: RowOrder;
  readonly #ledger: FeederLedger;
  readonly #workers: Set<number>;
  /** The answers so far; each waits for the one before, so that the news of the end comes last. */
  #answers: Promise<void> = Promise.resolve();

  constructor(options: LeasedFeederOptions) {
    const { feeder, index, seed, workerIds } = options;
    this.#options = options;
    this.#order = createRowOrder(feeder.definition, feeder.source.size, seed, index);
    this.#workers = new Set(workerIds);
    const { length } = this.#order;
    this.#ledger = new FeederLedger({ length, workerIds, fit: (from, to) => this.#fit(from, to) });
  }

  /** Whether users that want another row end. */
  get endsUsers(): boolean {
    return this.#options.feeder.definition.onEnd === 'stop' && this.#ledger.supply === 'end';
  }

  /** A worker takes part that was not there from the start. */
  addWorker(workerId: number): void {
    this.#workers.add(workerId);
    this.#ledger.addWorker(workerId);
    if (this.#ledger.supply === 'end') this.#send(workerId, [], 'end');
  }

  /** @throws LoadtsError `MESSAGE_INVALID` for a request that cannot be right. */
  request(workerId: number, held: number, wanted: number): void {
    // A request that crossed the news of the end.
    if (this.#ledger.supply === 'end') return;
    const lease = this.#ledger.request(workerId, held, wanted);
    const { supply } = this.#ledger;
    const places = lease ? Array.from({ length: lease.to - lease.from }, (_, i) => lease.from + i) : [];
    this.#answers = this.#answers
      .then(() => this.#answer(workerId, places, supply))
      .catch((error: unknown) => this.#options.failed(error));
  }

  /** @returns what the report has to say of its leases, if anything */
  lose(workerId: number): string | undefined {
    this.#workers.delete(workerId);
    const { definition, source } = this.#options.feeder;
    return describeLostRows(definition, this.#ledger.lose(workerId), source.size);
  }

  async #answer(workerId: number, places: readonly number[], supply: FeederSupply): Promise<void> {
    const { source } = this.#options.feeder;
    const rows = await source.read(places.map((place) => this.#order.rowAt(place)));
    this.#send(workerId, rows, supply);
    if (supply !== 'end') return;
    for (const other of this.#workers) {
      if (other !== workerId) this.#send(other, [], supply);
    }
  }

  #send(workerId: number, rows: readonly string[], supply: FeederSupply): void {
    const { index, send } = this.#options;
    send(workerId, { type: 'feederRows', feeder: index, rows: `[${rows.join(',')}]`, supply });
  }

  #fit(from: number, to: number): number {
    const { source } = this.#options.feeder;
    let bytes = 0;
    for (let place = from; place < to; place++) {
      bytes += source.bytesOf(this.#order.rowAt(place));
      if (bytes > MAX_LEASE_BYTES && place > from) return place;
    }
    return to;
  }
}
