import {
  type RunTimeline,
  readStreamTimeKey,
  type SecondDelta,
  type Threshold,
  ThresholdJudge,
  type ThresholdResult,
} from '@loadts/core';
import type { ScenarioStage } from './load-control.ts';
import type { ScenarioSettings } from './run-settings.ts';

export interface ThresholdGateOptions {
  readonly thresholds: readonly Threshold[];
  /** When the warm-up ends; undefined: when the wanted number of users is first reached. */
  readonly warmupSeconds: number | undefined;
  readonly scenarios: readonly Pick<ScenarioSettings, 'name' | 'classes' | 'startMs'>[];
}

/** A stage with its first second. */
interface StageStart {
  readonly from: number;
  readonly name: string | undefined;
}

/** Passes each second of a run to its thresholds, with what was going on in it. */
export class ThresholdGate implements RunTimeline {
  readonly #judge: ThresholdJudge;
  readonly #knowsWarmup: boolean;
  #warmFrom: number | undefined;
  /** By scenario, in order. */
  readonly #stages = new Map<string | undefined, StageStart[]>();
  /** The first full second of load, and the first after them; by scenario, of those with a name. */
  readonly #spans = new Map<string, { readonly from: number; until: number }>();
  /** By user class. */
  readonly #scenarios: ReadonlyMap<string, string | undefined>;

  constructor({ thresholds, warmupSeconds, scenarios }: ThresholdGateOptions) {
    this.#judge = new ThresholdJudge(thresholds, this);
    this.#knowsWarmup = warmupSeconds !== undefined;
    this.#warmFrom = warmupSeconds === undefined ? undefined : Math.ceil(warmupSeconds);
    const pairs = scenarios.flatMap(({ name, classes }) =>
      classes.map((userClass) => [userClass.name, name] as const),
    );
    this.#scenarios = new Map(pairs);
    for (const { name, startMs } of scenarios) {
      if (name === undefined) continue;
      this.#spans.set(name, { from: Math.ceil(startMs / 1_000), until: Number.POSITIVE_INFINITY });
    }
  }

  /** The first second that belongs to no warm-up; undefined while it goes on. */
  get warmFrom(): number | undefined {
    return this.#warmFrom;
  }

  isWarm(second: number): boolean {
    return this.#warmFrom !== undefined && second >= this.#warmFrom;
  }

  hasLoad(second: number, scenario: string | undefined): boolean {
    const span = scenario === undefined ? undefined : this.#spans.get(scenario);
    return !span || (second >= span.from && second < span.until);
  }

  stageAt(second: number, scenario: string | undefined): string | undefined {
    return this.#stages.get(scenario)?.findLast(({ from }) => from <= second)?.name;
  }

  /** All users that are wanted run: the seconds that begin from now on are warm. */
  noteTargetReached(elapsedSeconds: number): void {
    if (!this.#knowsWarmup) this.#warmFrom ??= Math.ceil(elapsedSeconds);
  }

  /** The scenario is in this stage; the second belongs to it in which it began. */
  noteStage(elapsedSeconds: number, { scenario, stage: name, phase }: ScenarioStage): void {
    const span = scenario === undefined ? undefined : this.#spans.get(scenario);
    if (span && phase === 'ended') span.until = Math.min(span.until, Math.floor(elapsedSeconds));
    const stages = this.#stages.get(scenario) ?? [];
    if (name === stages.at(-1)?.name) return;
    stages.push({ from: Math.floor(elapsedSeconds), name });
    this.#stages.set(scenario, stages);
  }

  /**
   * Takes what was measured in a second.
   * @param isLoad whether all of the second was before the stop
   * @returns the thresholds that end the run now
   */
  take(delta: SecondDelta, isLoad: boolean): ThresholdResult[] {
    const { second, entries, aggregates, exceptions, drops = [], late } = delta;
    const judge = this.#judge;
    for (const entry of entries) judge.addEntry(second, entry);
    for (const { key, ...figures } of aggregates) {
      const stream = readStreamTimeKey(key);
      if (stream) judge.addStreamTime(second, { ...stream, ...figures });
      else judge.addAggregate(second, key.name, figures);
    }
    for (const { userClass, count } of exceptions) {
      const key = { class: userClass, scenario: this.#scenarios.get(userClass) };
      judge.addEvents(second, { kind: 'exceptions', count, key });
    }
    for (const { scenario, count } of drops) {
      judge.addEvents(second, { kind: 'dropped', count, key: { scenario } });
    }
    return isLoad && !late ? judge.closeSecond(second) : [];
  }

  /** How they stand. */
  results(): ThresholdResult[] {
    return this.#judge.results();
  }

  conclude(): ThresholdResult[] {
    return this.#judge.conclude();
  }
}
