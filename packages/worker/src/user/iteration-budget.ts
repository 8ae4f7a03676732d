/** The iterations that the master has leased to this worker: every user takes one before each of its iterations. */
export class IterationBudget {
  readonly #request: () => void;
  #left = 0;
  #requested = false;
  #spent = false;
  #waiting: (() => void)[] = [];

  /** @param request asks the master for more */
  constructor(request: () => void) {
    this.#request = request;
  }

  /** Whether there will never be any more. */
  get spent(): boolean {
    return this.#spent;
  }

  /** HOT: takes one, if there is one. The last one asks for more, which also tells the master that all have begun. */
  take(): boolean {
    if (this.#left > 0) {
      this.#left--;
      if (this.#left === 0) this.#ask();
      return true;
    }
    this.#ask();
    return false;
  }

  /** Calls back once, when `take` may have another answer. */
  whenChanged(wake: () => void): void {
    this.#waiting.push(wake);
  }

  /** The master's answer; 0 means that the budget is used up. */
  grant(count: number): void {
    this.#requested = false;
    this.#left += count;
    if (count === 0) this.#spent = true;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Gives up what was not taken. @returns how many */
  release(): number {
    const count = this.#left;
    this.#left = 0;
    return count;
  }

  #ask(): void {
    if (this.#requested || this.#spent) return;
    this.#requested = true;
    this.#request();
  }
}
