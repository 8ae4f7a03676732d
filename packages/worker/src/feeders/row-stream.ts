import { type FeederDefinition, LoadtsError, StopUser } from '@loadts/core';
import type { FeederRowsMessage, FeederSupply } from '@loadts/protocol';

export interface RowStreamOptions {
  readonly definition: FeederDefinition;
  /** The names of the values in each row; null where a row is one value. */
  readonly columns: readonly string[] | null;
  /** Asks the master for rows. */
  readonly request: (held: number, wanted: number) => void;
}

interface WaitingUser {
  readonly resolve: (row: unknown) => void;
  readonly reject: (reason: Error) => void;
}

/** The users' lease of it, and the one that was fetched ahead. */
const LEASES_HELD = 2;

/** The rows of one feeder on this worker: what was leased to it, in that order, to whoever asks first. */
export class RowStream {
  readonly #options: RowStreamOptions;
  /** Rows that are left of each lease. Reversed, since taking the last one is cheap. */
  readonly #leases: unknown[][] = [];
  #waiting: WaitingUser[] = [];
  #supply: FeederSupply = 'scarce';
  #requested = false;
  #closed = false;

  constructor(options: RowStreamOptions) {
    this.#options = options;
  }

  /** Whether users that want another row end. */
  get endsUsers(): boolean {
    return this.#supply === 'end' && this.#options.definition.onEnd === 'stop';
  }

  /** HOT: the next row, as `Feeder.next` says. */
  next(): Promise<unknown> {
    const lease = this.#leases[0];
    if (lease) {
      const row = this.#takeFrom(lease);
      this.#ask();
      return Promise.resolve(row);
    }
    if (this.#closed || this.#supply === 'end') return Promise.reject(this.#createEnd());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#ask();
    });
  }

  /** Takes what the master sends. @throws LoadtsError `MESSAGE_INVALID` for what is no list of rows. */
  add({ rows, supply }: FeederRowsMessage): void {
    this.#requested = false;
    this.#supply = supply;
    const lease = readRows(rows, this.#options.columns).reverse();
    if (lease.length > 0) this.#leases.push(lease);
    for (let first = this.#leases[0]; first && this.#waiting.length > 0; first = this.#leases[0]) {
      this.#waiting.shift()?.resolve(this.#takeFrom(first));
    }
    if (supply === 'end') this.#dismiss();
    else this.#ask();
  }

  /** Nobody waits any longer: the run is cut off. */
  close(): void {
    this.#closed = true;
    this.#dismiss();
  }

  #takeFrom(lease: unknown[]): unknown {
    const row = lease.pop();
    if (lease.length === 0) this.#leases.shift();
    return this.#toObject(row);
  }

  #toObject(row: unknown): unknown {
    const { columns } = this.#options;
    if (!columns) return row;
    return Object.fromEntries((row as string[]).map((value, i) => [columns[i], value]));
  }

  #ask(): void {
    if (this.#requested || this.#closed || this.#supply === 'end') return;
    const asksAhead = this.#supply === 'plenty' && this.#leases.length < LEASES_HELD;
    const wanted = this.#waiting.length;
    if (!asksAhead && wanted === 0) return;
    this.#requested = true;
    this.#options.request(
      this.#leases.reduce((held, { length }) => held + length, 0),
      wanted,
    );
  }

  #dismiss(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(this.#createEnd());
  }

  #createEnd(): Error {
    const { file, onEnd } = this.#options.definition;
    if (this.#closed || onEnd === 'stop') return new StopUser(`no row of ${file} is left`);
    return new LoadtsError('FEEDER_EXHAUSTED', `no row of ${file} is left`, {
      hint: "add rows, run fewer iterations, or choose onEnd: 'stop' or 'wrap'",
    });
  }
}

function readRows(json: string, columns: readonly string[] | null): unknown[] {
  const rows = parse(json);
  const isList = Array.isArray(rows);
  if (isList && (!columns || rows.every((row) => Array.isArray(row) && row.length === columns.length))) {
    return rows;
  }
  throw new LoadtsError('MESSAGE_INVALID', 'a message of feeder rows holds no list of rows');
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
