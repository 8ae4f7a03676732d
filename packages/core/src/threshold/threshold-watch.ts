import { DriftJudgement } from './drift-judgement.ts';
import { formatSelectors, formatThreshold } from './format-threshold.ts';
import type { Assessment, Judgement } from './judgement.ts';
import type { Selector, SelectorField, Threshold } from './threshold.ts';
import type { ThresholdFigures } from './threshold-figures.ts';
import { isRequestMetric } from './threshold-metric.ts';
import { WholeRunJudgement } from './whole-run-judgement.ts';
import { WindowJudgement } from './window-judgement.ts';

/** What was going on in the seconds of a run. For a second that is over, the answers do not change any more. */
export interface RunTimeline {
  /** Whether the warm-up was over when this second began. */
  isWarm(second: number): boolean;
  /** Whether there was load in all of this second, of this scenario where the run has named ones. */
  hasLoad(second: number, scenario: string | undefined): boolean;
  /** The name of the stage that this second belongs to, in this scenario where the run has named ones. */
  stageAt(second: number, scenario: string | undefined): string | undefined;
}

export interface ThresholdResult extends Assessment {
  /** The canonical text. */
  readonly threshold: string;
}

/** One threshold during a run: passes on to its judgement what the threshold looks at, and explains the result. */
export class ThresholdWatch {
  readonly threshold: Threshold;
  readonly #timeline: RunTimeline;
  readonly #judgement: Judgement;
  readonly #stage: string | undefined;
  readonly #scenario: string | undefined;
  #hasLooked = false;

  constructor(threshold: Threshold, timeline: RunTimeline) {
    const { selectors } = threshold;
    this.threshold = threshold;
    this.#timeline = timeline;
    this.#judgement = createJudgement(threshold);
    this.#stage = valueOf(selectors, 'stage');
    this.#scenario = valueOf(selectors, 'scenario');
  }

  get failedAtSecond(): number | undefined {
    return this.#judgement.failedAtSecond;
  }

  /** Takes each full second once, in order. */
  takeSecond(second: number, figures: ThresholdFigures): void {
    const looks = this.#looksAt(second);
    if (looks && this.#timeline.hasLoad(second, this.#scenario)) {
      return this.#judgement.takeSecond(second, figures);
    }
    this.#judgement.interrupt();
    if (looks) this.#judgement.takeLate(second, figures, false);
  }

  /** Takes what came after its second, or belongs to one that is not full. */
  takeLate(second: number, figures: ThresholdFigures, isFullSecond: boolean): void {
    if (this.#looksAt(second)) this.#judgement.takeLate(second, figures, isFullSecond);
  }

  /** @param hasMatched whether the selectors ever matched. */
  result(hasMatched: boolean): ThresholdResult {
    const threshold = formatThreshold(this.threshold);
    const reason = this.#missing(hasMatched);
    if (reason !== undefined) return { threshold, observed: undefined, passed: false, reason };
    return { threshold, ...this.#judgement.assess() };
  }

  /** What comes before the full load is no drift. */
  get #waitsForWarmup(): boolean {
    return this.threshold.afterWarmup || this.threshold.metric.kind === 'drift';
  }

  #looksAt(second: number): boolean {
    const isWarm = !this.#waitsForWarmup || this.#timeline.isWarm(second);
    const isStage =
      this.#stage === undefined || this.#timeline.stageAt(second, this.#scenario) === this.#stage;
    const looks = isWarm && isStage;
    this.#hasLooked ||= looks;
    return looks;
  }

  /** Why there is nothing to judge: a gate on something that never was is broken, not passed. */
  #missing(hasMatched: boolean): string | undefined {
    const { metric, selectors } = this.threshold;
    const afterWarmup = this.#waitsForWarmup;
    if (!hasMatched) {
      return `no ${isRequestMetric(metric) ? 'request' : 'arrival or task'} matched ${formatSelectors(selectors)}`;
    }
    if (this.#hasLooked || (this.#stage === undefined && !afterWarmup)) return undefined;
    const stage = this.#stage === undefined ? 'the run' : `stage ${JSON.stringify(this.#stage)}`;
    return `no second of ${stage} was seen${afterWarmup ? ' after the warm-up' : ''}`;
  }
}

function createJudgement(threshold: Threshold): Judgement {
  const { metric, overSeconds } = threshold;
  if (metric.kind === 'drift') return new DriftJudgement(threshold, metric.of);
  return overSeconds === undefined
    ? new WholeRunJudgement(threshold)
    : new WindowJudgement(threshold, overSeconds);
}

function valueOf(selectors: readonly Selector[], wanted: SelectorField): string | undefined {
  return selectors.find(({ field }) => field === wanted)?.value;
}
