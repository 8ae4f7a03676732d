import { listAggregates, type SecondDelta } from '@loadts/core';
import type { SnapshotMessage, WorkerStatusMessage } from '@loadts/protocol';
import { Collector } from '../statistics/collector.ts';
import type { WorkerLink } from '../worker/worker-link.ts';
import type { RunOutcome } from './conclude-run.ts';
import type { ScenarioStage } from './load-control.ts';
import type { RunObserver } from './run-observer.ts';
import type { RunSettings } from './run-settings.ts';
import { ThresholdGate } from './threshold-gate.ts';
import { WorkerWatch } from './worker-watch.ts';

export interface MeasurementsOptions {
  readonly settings: RunSettings;
  readonly workerIds: readonly number[];
  readonly observer: Pick<RunObserver, 'addSecond' | 'addHealth' | 'noteThresholds'>;
  readonly elapsedUs: () => number;
  /** A threshold has failed that ends the run. */
  readonly onAbort: (reason: string) => void;
}

/** What is measured in a run and what its thresholds make of it. */
export class Measurements {
  readonly #options: MeasurementsOptions;
  readonly collector: Collector;
  readonly #gate: ThresholdGate;
  readonly #watch = new WorkerWatch();
  /** The first second that the load did not fill; undefined while it goes on. */
  #loadSeconds: number | undefined;
  #hasWarmedUp = false;

  constructor(options: MeasurementsOptions) {
    const { settings, workerIds } = options;
    this.#options = options;
    this.#gate = new ThresholdGate(settings);
    this.collector = new Collector({
      workerIds,
      maxEntries: settings.maxEntries,
      scenarios: settings.scenarios.map(({ name }) => name),
      aggregates: listAggregates(settings.thresholds).map(({ id }) => id),
      onSecond: (delta) => this.#takeSecond(delta),
    });
  }

  /** @throws LoadtsError `MESSAGE_INVALID` for a snapshot that cannot be right; nothing of it is counted. */
  takeSnapshot(link: WorkerLink, message: SnapshotMessage): void {
    const entryIds = this.collector.take(link.id, message);
    if (entryIds.length > 0) link.send({ type: 'refuseEntries', entryIds });
    link.send({ type: 'acknowledge', sequence: message.sequence });
  }

  /** How busy a worker was while there was load. */
  takeStatus({ id: workerId }: WorkerLink, message: WorkerStatusMessage): void {
    const pace = this.collector.paceOf(workerId);
    this.#watch.note(workerId, message, pace);
    const { users, loopDelayUs, utilization, cpu, collectingUs, memoryBytes } = message;
    const { sendDelayUs } = pace;
    const second = Math.floor(this.#options.elapsedUs() / 1_000_000);
    const load = { loopDelayUs, sendDelayUs, utilization, cpu, collectingUs, memoryBytes };
    this.#options.observer.addHealth({ workerId, second, users, ...load });
  }

  /** The scenarios are in these stages of their shapes. */
  noteStages(elapsedSeconds: number, stages: readonly ScenarioStage[]): void {
    for (const stage of stages) this.#gate.noteStage(elapsedSeconds, stage);
  }

  /** All users that are wanted run. */
  noteTargetReached(elapsedSeconds: number): void {
    this.#gate.noteTargetReached(elapsedSeconds);
  }

  /** To be called every second. */
  advance(elapsedSeconds: number): void {
    this.#forgetWarmup(elapsedSeconds);
    this.collector.advance(elapsedSeconds);
  }

  /** Users finish from now on. */
  endLoad(elapsedSeconds: number): void {
    this.#loadSeconds = Math.floor(elapsedSeconds);
  }

  /** Nothing more will come. */
  conclude(): Pick<RunOutcome, 'collector' | 'thresholds' | 'warmFrom' | 'peaks' | 'overloads'> {
    const { collector } = this;
    collector.finishSeconds();
    const { peaks, overloads } = this.#watch;
    return { collector, thresholds: this.#gate.conclude(), warmFrom: this.#gate.warmFrom, peaks, overloads };
  }

  #forgetWarmup(elapsedSeconds: number): void {
    const { warmFrom } = this.#gate;
    if (!this.#options.settings.resetStats || this.#hasWarmedUp || warmFrom === undefined) return;
    if (elapsedSeconds < warmFrom) return;
    this.#hasWarmedUp = true;
    this.collector.countFrom(warmFrom);
  }

  #takeSecond(delta: SecondDelta): void {
    const { observer, settings } = this.#options;
    const isLoad = this.#loadSeconds === undefined || delta.second < this.#loadSeconds;
    observer.addSecond({ ...delta, isWarm: this.#gate.isWarm(delta.second), isLoad });
    const [failed] = this.#gate.take(delta, isLoad);
    if (settings.thresholds.length > 0) observer.noteThresholds(this.#gate.results());
    if (failed) this.#options.onAbort(`the threshold ${failed.threshold} ended the run: ${failed.reason}`);
  }
}
