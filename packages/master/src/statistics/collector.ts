import { countEnded, type EntryCounts, RunHistory, RunStatistics } from '@loadts/core';
import type { FinalMessage, SnapshotMessage } from '@loadts/protocol';
import { type Delta, WorkerIntake } from './worker-intake.ts';

/** Merges what the workers measured. Nothing is counted twice, and what is missing is known. */
export class Collector {
  readonly statistics: RunStatistics = new RunStatistics();
  readonly history: RunHistory = new RunHistory();
  readonly #intakes = new Map<number, WorkerIntake>();
  readonly #gaps: string[] = [];

  addWorker(workerId: number): void {
    this.#intakes.set(workerId, new WorkerIntake());
  }

  /** @throws LoadtsError `MESSAGE_INVALID` for a snapshot that cannot be right; nothing of it is counted. */
  take(workerId: number, message: SnapshotMessage): void {
    const delta = this.#intakes.get(workerId)?.take(message);
    if (delta) this.#add(delta);
  }

  finish(workerId: number, message: FinalMessage): void {
    const differences = this.#intakes.get(workerId)?.finish(message) ?? [];
    this.#gaps.push(...differences.map((difference) => `worker ${workerId}: ${difference}`));
  }

  /** How many workers delivered everything. */
  get complete(): number {
    return [...this.#intakes.values()].filter((intake) => intake.complete).length;
  }

  get workers(): number {
    return this.#intakes.size;
  }

  isComplete(workerId: number): boolean {
    return this.#intakes.get(workerId)?.complete ?? false;
  }

  /** One sentence for each thing that is missing. */
  describeGaps(): string[] {
    const silent = [...this.#intakes].filter(([id, intake]) => !intake.complete && !this.#reported(id));
    const sentences = silent.map(
      ([id, intake]) => `worker ${id}: nothing collected from second ${intake.nextInterval} on`,
    );
    const { counts } = this.statistics.total;
    const unended = silent.length === 0 ? describeUnended(counts) : [];
    return [...this.#gaps, ...sentences, ...unended];
  }

  #reported(workerId: number): boolean {
    return this.#gaps.some((gap) => gap.startsWith(`worker ${workerId}:`));
  }

  #add(delta: Delta): void {
    for (const entry of delta.entries) {
      this.statistics.addEntry(entry);
      this.history.add(delta.interval, entry.counts, entry.latency);
    }
    this.statistics.generatorDelay.merge(delta.generatorDelay);
    for (const failure of delta.failures) this.statistics.addFailure(failure);
    for (const exception of delta.exceptions) this.statistics.addException(exception);
  }
}

/** Every request that was started ends in exactly one class. */
function describeUnended(counts: Readonly<EntryCounts>): string[] {
  const missing = counts.started - countEnded(counts);
  return missing === 0 ? [] : [`${missing} of ${counts.started} requests have no outcome`];
}
