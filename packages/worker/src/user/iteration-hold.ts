/** Who keeps users from beginning iterations: the master's silence, or a pause that it has ordered. */
export type HoldReason = 'silence' | 'pause';

/** Keeps users from beginning an iteration for as long as there is a reason. */
export class IterationHold {
  readonly #reasons = new Set<HoldReason>();
  #waiting: (() => void)[] = [];
  /** HOT: read before every iteration. */
  held = false;

  hold(reason: HoldReason): void {
    this.#reasons.add(reason);
    this.held = true;
  }

  release(reason: HoldReason): void {
    this.#reasons.delete(reason);
    this.held = this.#reasons.size > 0;
    if (this.held) return;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Calls back once, when nothing holds any more. */
  whenReleased(wake: () => void): void {
    this.#waiting.push(wake);
  }
}
