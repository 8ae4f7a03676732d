import { LoadtsError } from '../errors.ts';

/** A part of a rate over time: constant, or linear from one rate to the other. */
export interface RateStage {
  /** Above 0; only the last stage, with one rate, may last for ever (`Infinity`). */
  readonly seconds: number;
  /** A second. */
  readonly startRate: number;
  readonly endRate: number;
}

/** A stage with what came before it. */
interface PlacedStage extends RateStage {
  readonly startSeconds: number;
  /** The integral of the rate up to the stage's start. */
  readonly startCount: number;
  readonly count: number;
}

/** Differences of counts below this share come from rounding. */
const NOISE = 1e-12;
export const MAX_RATE = 10_000_000;

/** A rate over time, its integral (how many should have started), and the integral's inverse (when one should). */
export class RateCurve {
  readonly #stages: readonly PlacedStage[];
  /** The integral over all stages. */
  readonly count: number;

  /** @throws LoadtsError `CONFIG_INVALID` with all that is wrong. */
  constructor(stages: readonly RateStage[]) {
    refuseWrongStages(stages);
    let [startSeconds, startCount] = [0, 0];
    this.#stages = stages.map((stage) => {
      const mean = (stage.startRate + stage.endRate) / 2;
      const placed = { ...stage, startSeconds, startCount, count: mean === 0 ? 0 : mean * stage.seconds };
      startSeconds += stage.seconds;
      startCount += placed.count;
      return placed;
    });
    this.count = startCount;
  }

  /** The integral of the rate from the start until `seconds`. */
  countAt(seconds: number): number {
    const stage = this.#stages.findLast(({ startSeconds }) => startSeconds <= seconds);
    if (!stage) return 0;
    const inside = seconds - stage.startSeconds;
    if (inside >= stage.seconds) return stage.startCount + stage.count;
    const slope = (stage.endRate - stage.startRate) / stage.seconds;
    return stage.startCount + (stage.startRate + (slope * inside) / 2) * inside;
  }

  /** When the integral goes beyond `count`, in seconds; `Infinity` where it never does. */
  secondsAt(count: number): number {
    const noise = NOISE * Math.max(1, count);
    // Rounded integrals: what is due where a stage ends belongs to the next stage with a rate.
    const stage = this.#stages.find((candidate) => count < candidate.startCount + candidate.count - noise);
    if (!stage) return Number.POSITIVE_INFINITY;
    return stage.startSeconds + Math.min(stage.seconds, secondsInside(stage, count - stage.startCount));
  }
}

/** The root of `startRate * t + slope / 2 * t * t = count`, in the form that has no division by a slope of 0. */
function secondsInside({ startRate, endRate, seconds }: RateStage, count: number): number {
  if (count <= 0) return 0;
  const slope = (endRate - startRate) / seconds;
  return (2 * count) / (startRate + Math.sqrt(startRate * startRate + 2 * slope * count));
}

function refuseWrongStages(stages: readonly RateStage[]): void {
  const problems = stages.flatMap((stage, index) =>
    problemsOf(stage, index === stages.length - 1).map((problem) => `rate stage ${index + 1}: ${problem}`),
  );
  if (problems.length > 0) throw new LoadtsError('CONFIG_INVALID', problems.join('\n'));
}

function problemsOf({ seconds, startRate, endRate }: RateStage, isLast: boolean): string[] {
  const problems = [...new Set([startRate, endRate])]
    .filter((rate) => !(rate >= 0 && rate <= MAX_RATE))
    .map((rate) => `a rate of ${rate} a second; it has to be from 0 to ${MAX_RATE}`);
  if (!(seconds > 0)) problems.push(`a duration of ${seconds} s; it has to be above 0`);
  if (seconds === Number.POSITIVE_INFINITY && !(isLast && startRate === endRate)) {
    problems.push('only the last stage, with one rate, can last for ever');
  }
  return problems;
}
