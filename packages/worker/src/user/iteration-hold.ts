/** Keeps users from beginning an iteration for as long as nobody knows whether they still should. */
export class IterationHold {
  #held = false;
  #waiting: (() => void)[] = [];

  get held(): boolean {
    return this.#held;
  }

  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Calls back once, when it is released. */
  whenReleased(wake: () => void): void {
    this.#waiting.push(wake);
  }
}
