import { WebError } from '../web-error.ts';

const MOST_FAILURES = 10;
const WINDOW_MS = 60_000;
const MOST_ADDRESSES = 10_000;

interface Failures {
  readonly sinceMs: number;
  count: number;
}

/** Counts wrong tokens by address, so that nobody can try many. */
export class LoginLimit {
  readonly #now: () => number;
  readonly #failures = new Map<string, Failures>();

  /** @param now milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @throws WebError `TOO_MANY_ATTEMPTS` */
  check(address: string): void {
    const failures = this.#recent(address);
    if (!failures || failures.count < MOST_FAILURES) return;
    throw new WebError(
      'TOO_MANY_ATTEMPTS',
      `${MOST_FAILURES} wrong tokens within a minute`,
      'wait a minute, then try again with the token that the master has printed',
    );
  }

  noteFailure(address: string): void {
    const failures = this.#recent(address);
    if (failures) {
      failures.count++;
      return;
    }
    this.#failures.set(address, { sinceMs: this.#now(), count: 1 });
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MOST_ADDRESSES && oldest !== undefined) this.#failures.delete(oldest);
  }

  #recent(address: string): Failures | undefined {
    const failures = this.#failures.get(address);
    if (failures && this.#now() - failures.sinceMs < WINDOW_MS) return failures;
    this.#failures.delete(address);
    return undefined;
  }
}
