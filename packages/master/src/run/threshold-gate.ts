import {
  type RunTimeline,
  readStreamTimeKey,
  type SecondDelta,
  type Threshold,
  ThresholdJudge,
  type ThresholdResult,
} from '@loadts/core';

export interface ThresholdGateOptions {
  readonly thresholds: readonly Threshold[];
  /** When the warm-up ends; undefined: when the wanted number of users is first reached. */
  readonly warmupSeconds: number | undefined;
}

/** Passes each second of a run to its thresholds, with what was going on in it. */
export class ThresholdGate implements RunTimeline {
  readonly #judge: ThresholdJudge;
  readonly #knowsWarmup: boolean;
  #warmFrom: number | undefined;
  /** Names of stages with their first seconds, in order. */
  readonly #stages: { readonly from: number; readonly name: string | undefined }[] = [];

  constructor({ thresholds, warmupSeconds }: ThresholdGateOptions) {
    this.#judge = new ThresholdJudge(thresholds, this);
    this.#knowsWarmup = warmupSeconds !== undefined;
    this.#warmFrom = warmupSeconds === undefined ? undefined : Math.ceil(warmupSeconds);
  }

  /** The first second that belongs to no warm-up; undefined while it goes on. */
  get warmFrom(): number | undefined {
    return this.#warmFrom;
  }

  isWarm(second: number): boolean {
    return this.#warmFrom !== undefined && second >= this.#warmFrom;
  }

  stageAt(second: number): string | undefined {
    return this.#stages.findLast(({ from }) => from <= second)?.name;
  }

  /** All users that are wanted run: the seconds that begin from now on are warm. */
  noteTargetReached(elapsedSeconds: number): void {
    if (!this.#knowsWarmup) this.#warmFrom ??= Math.ceil(elapsedSeconds);
  }

  /** The shape is in this stage; the second belongs to it in which it began. */
  noteStage(elapsedSeconds: number, name: string | undefined): void {
    if (name === this.#stages.at(-1)?.name) return;
    this.#stages.push({ from: Math.floor(elapsedSeconds), name });
  }

  /**
   * Takes what was measured in a second.
   * @param isLoad whether all of the second was before the stop
   * @returns the thresholds that end the run now
   */
  take(delta: SecondDelta, isLoad: boolean): ThresholdResult[] {
    const { second, entries, aggregates, exceptions, dropped, late } = delta;
    for (const entry of entries) this.#judge.addEntry(second, entry);
    for (const { key, ...figures } of aggregates) {
      const stream = readStreamTimeKey(key);
      if (stream) this.#judge.addStreamTime(second, { ...stream, ...figures });
      else this.#judge.addAggregate(second, key.name, figures);
    }
    for (const { userClass, count } of exceptions) {
      this.#judge.addEvents(second, { kind: 'exceptions', count, key: { class: userClass } });
    }
    if (dropped !== undefined) this.#judge.addEvents(second, { kind: 'dropped', count: dropped, key: {} });
    return isLoad && !late ? this.#judge.closeSecond(second) : [];
  }

  /** How they stand. */
  results(): ThresholdResult[] {
    return this.#judge.results();
  }

  conclude(): ThresholdResult[] {
    return this.#judge.conclude();
  }
}
