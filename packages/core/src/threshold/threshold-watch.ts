import { formatSelectors, formatThreshold } from './format-threshold.ts';
import type { Assessment, Judgement } from './judgement.ts';
import type { Threshold } from './threshold.ts';
import { addFigures, createFigures, type ThresholdFigures } from './threshold-figures.ts';
import { isRequestMetric } from './threshold-metric.ts';
import { WholeRunJudgement } from './whole-run-judgement.ts';
import { WindowJudgement } from './window-judgement.ts';

/** What was going on in the seconds of a run. For a second that is over, the answers do not change any more. */
export interface RunTimeline {
  /** Whether the warm-up was over when this second began. */
  isWarm(second: number): boolean;
  /** The name of the stage that this second belongs to. */
  stageAt(second: number): string | undefined;
}

export interface ThresholdResult extends Assessment {
  /** The canonical text. */
  readonly threshold: string;
}

/** One threshold during a run: collects seconds until they are closed, and passes on those that it looks at. */
export class ThresholdWatch {
  readonly threshold: Threshold;
  readonly #timeline: RunTimeline;
  readonly #judgement: Judgement;
  readonly #stage: string | undefined;
  readonly #open = new Map<number, ThresholdFigures>();
  #lastClosed = -1;
  #hasMatched: boolean;
  #hasLooked = false;

  constructor(threshold: Threshold, timeline: RunTimeline) {
    const { overSeconds, selectors } = threshold;
    this.threshold = threshold;
    this.#timeline = timeline;
    this.#judgement =
      overSeconds === undefined
        ? new WholeRunJudgement(threshold)
        : new WindowJudgement(threshold, overSeconds);
    this.#stage = selectors.find(({ field }) => field === 'stage')?.value;
    this.#hasMatched = selectors.every(({ field }) => field === 'stage');
  }

  get failedAtSecond(): number | undefined {
    return this.#judgement.failedAtSecond;
  }

  /** Takes figures that match the selectors, for good. */
  add(second: number, figures: ThresholdFigures): void {
    this.#hasMatched = true;
    if (second <= this.#lastClosed) {
      if (this.#looksAt(second)) this.#judgement.takeLate(second, figures, true);
      return;
    }
    const open = this.#open.get(second);
    if (open) addFigures(open, figures);
    else this.#open.set(second, figures);
  }

  /** Judges second by second up to this one. */
  close(lastSecond: number): void {
    for (let second = this.#lastClosed + 1; second <= lastSecond; second++) {
      this.#lastClosed = second;
      const figures = this.#open.get(second) ?? createFigures();
      this.#open.delete(second);
      if (this.#looksAt(second)) this.#judgement.takeSecond(second, figures);
      else this.#judgement.interrupt();
    }
  }

  /** Takes what is left in seconds that were never closed. */
  finish(): void {
    for (const [second, figures] of this.#open) {
      if (this.#looksAt(second)) this.#judgement.takeLate(second, figures, false);
    }
    this.#open.clear();
  }

  result(): ThresholdResult {
    const threshold = formatThreshold(this.threshold);
    const reason = this.#missing();
    if (reason !== undefined) return { threshold, observed: undefined, passed: false, reason };
    return { threshold, ...this.#judgement.assess() };
  }

  #looksAt(second: number): boolean {
    const isWarm = !this.threshold.afterWarmup || this.#timeline.isWarm(second);
    const looks = isWarm && (this.#stage === undefined || this.#timeline.stageAt(second) === this.#stage);
    this.#hasLooked ||= looks;
    return looks;
  }

  /** Why there is nothing to judge: a gate on something that never was is broken, not passed. */
  #missing(): string | undefined {
    const { metric, selectors, afterWarmup } = this.threshold;
    if (!this.#hasMatched) {
      return `no ${isRequestMetric(metric) ? 'request' : 'arrival or task'} matched ${formatSelectors(selectors)}`;
    }
    if (this.#hasLooked || (this.#stage === undefined && !afterWarmup)) return undefined;
    const stage = this.#stage === undefined ? 'the run' : `stage ${JSON.stringify(this.#stage)}`;
    return `no second of ${stage} was seen${afterWarmup ? ' after the warm-up' : ''}`;
  }
}
