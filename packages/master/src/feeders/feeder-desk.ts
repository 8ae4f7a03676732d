import { LoadtsError } from '@loadts/core';
import type { FeederHeader, FeederRowsMessage } from '@loadts/protocol';
import { LeasedFeeder } from './leased-feeder.ts';
import type { OpenFeeder } from './open-feeders.ts';

export interface FeederDeskOptions {
  readonly feeders: readonly OpenFeeder[];
  readonly seed: number;
  readonly workerIds: readonly number[];
  readonly send: (workerId: number, message: FeederRowsMessage) => void;
  /** A file cannot be read any more: who waits for its rows waits for ever. */
  readonly failed: (problem: string) => void;
}

/** What a worker asks for; see `FeederRequestMessage`. */
export interface RowRequest {
  readonly feeder: number;
  readonly held: number;
  readonly wanted: number;
}

/** The feeders of one run. */
export class FeederDesk {
  /** For the message that starts the run. */
  readonly headers: readonly FeederHeader[];
  readonly #feeders: readonly LeasedFeeder[];
  /** The plan after which each worker had no user left, where it said so. */
  readonly #ended: Map<number, number | undefined>;

  constructor({ feeders, failed, ...options }: FeederDeskOptions) {
    this.headers = feeders.map(({ source }) => ({ columns: source.columns }));
    this.#ended = new Map(options.workerIds.map((id) => [id, undefined]));
    this.#feeders = feeders.map(
      (feeder, index) =>
        new LeasedFeeder({
          ...options,
          feeder,
          index,
          failed: (error) => failed(describeFailure(feeder.definition.file, error)),
        }),
    );
  }

  /** A worker takes part that was not there from the start. */
  addWorker(workerId: number): void {
    this.#ended.set(workerId, undefined);
    for (const feeder of this.#feeders) feeder.addWorker(workerId);
  }

  /** @throws LoadtsError `MESSAGE_INVALID` for a request that cannot be right. */
  request(workerId: number, { feeder, held, wanted }: RowRequest): void {
    const found = this.#feeders[feeder];
    if (!found)
      throw new LoadtsError('MESSAGE_INVALID', `the worker asks for feeder ${feeder}, which is none`);
    found.request(workerId, held, wanted);
  }

  /** No user is left on the worker after the moves of this plan. */
  endUsers(workerId: number, generation: number): void {
    this.#ended.set(workerId, generation);
  }

  /** Whether no user is left anywhere, since a feeder has ended, and this plan is to start no other. */
  isOver(generation: number): boolean {
    const hasEnded = this.#feeders.some(({ endsUsers }) => endsUsers);
    return hasEnded && [...this.#ended.values()].every((ended) => ended === generation);
  }

  /** @returns what the report has to say of the leases that are lost with the worker */
  lose(workerId: number): string[] {
    this.#ended.delete(workerId);
    return this.#feeders.flatMap((feeder) => feeder.lose(workerId) ?? []);
  }
}

function describeFailure(file: string, error: unknown): string {
  return `${file} could not be read any more: ${error instanceof Error ? error.message : String(error)}`;
}
