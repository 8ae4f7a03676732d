import type { RateStage } from './rate-curve.ts';

const MAX_PAST_STAGES = 1_000;
const KEPT_STAGES = 500;
const NOTHING: RateStage = { seconds: Number.POSITIVE_INFINITY, startRate: 0, endRate: 0 };

/**
 * The rate of an open scenario that is changed and paused while it runs. What is past never changes, so the integral
 * up to a change stays what it was: nothing is started twice, left out or made up for. Moments must not go backwards.
 */
export class RateSchedule {
  /** As if there was no pause. */
  #wanted: readonly RateStage[];
  #stages: readonly RateStage[];
  #isPaused = false;

  constructor(stages: readonly RateStage[]) {
    this.#wanted = stages;
    this.#stages = stages;
  }

  /** What holds, pauses included. */
  get stages(): readonly RateStage[] {
    return this.#stages;
  }

  /** Starts a second wanted at this moment, pauses left out; 0 after the last stage. */
  wantedRateAt(seconds: number): number {
    return stagesFrom(this.#wanted, seconds)[0]?.startRate ?? 0;
  }

  /** From this moment on the rate is this one, for ever. */
  change(rate: number, atSeconds: number): void {
    const stage = { seconds: Number.POSITIVE_INFINITY, startRate: rate, endRate: rate };
    this.#wanted = [...condense(stagesUntil(this.#wanted, atSeconds)), stage];
    this.#replace(atSeconds);
  }

  /** Nothing starts from this moment on, and the stages go on underneath. */
  pause(atSeconds: number): void {
    this.#isPaused = true;
    this.#replace(atSeconds);
  }

  /** From this moment on all is as if there had been no pause; what would have started in it never does. */
  resume(atSeconds: number): void {
    this.#isPaused = false;
    this.#replace(atSeconds);
  }

  #replace(atSeconds: number): void {
    const later = this.#isPaused ? [NOTHING] : stagesFrom(this.#wanted, atSeconds);
    this.#stages = [...condense(stagesUntil(this.#stages, atSeconds)), ...later];
  }
}

/** What is long past becomes one stage with the same integral, so that a run may be changed as often as one likes. */
function condense(past: readonly RateStage[]): readonly RateStage[] {
  if (past.length <= MAX_PAST_STAGES) return past;
  const old = past.slice(0, -KEPT_STAGES);
  const seconds = old.reduce((total, stage) => total + stage.seconds, 0);
  const count = old.reduce(
    (total, stage) => total + ((stage.startRate + stage.endRate) / 2) * stage.seconds,
    0,
  );
  return [{ seconds, startRate: count / seconds, endRate: count / seconds }, ...past.slice(-KEPT_STAGES)];
}

/** The part before a moment, with nothing where it would be too short. */
function stagesUntil(stages: readonly RateStage[], untilSeconds: number): RateStage[] {
  const kept: RateStage[] = [];
  let startSeconds = 0;
  for (const stage of [...stages, NOTHING]) {
    const seconds = Math.min(stage.seconds, untilSeconds - startSeconds);
    if (seconds > 0) kept.push({ ...stage, seconds, endRate: rateInside(stage, seconds) });
    startSeconds += stage.seconds;
  }
  return kept;
}

/** The part from a moment on. */
function stagesFrom(stages: readonly RateStage[], fromSeconds: number): RateStage[] {
  const kept: RateStage[] = [];
  let startSeconds = 0;
  for (const stage of stages) {
    const inside = Math.max(0, fromSeconds - startSeconds);
    const seconds = stage.seconds - inside;
    if (seconds > 0) kept.push({ ...stage, seconds, startRate: rateInside(stage, inside) });
    startSeconds += stage.seconds;
  }
  return kept;
}

function rateInside({ seconds, startRate, endRate }: RateStage, inside: number): number {
  if (inside >= seconds || startRate === endRate) return endRate;
  return startRate + ((endRate - startRate) * inside) / seconds;
}
