/**
 * How the API misbehaves.
 * @typedef {object} Mode
 * @property {number} slowMs milliseconds that every answer waits
 * @property {number} failRatio share of the answers that become a 500, from 0 to 1
 */

export const MAX_SLOW_MS = 3_600_000;
// Keeps 100 x 0.29 from ending up a hair below 29.
const ROUNDING = 1e-9;

/**
 * What is wrong with a wanted mode, in words; empty where it can be used.
 * @param {unknown} wanted
 * @returns {string[]}
 */
export function findModeProblems(wanted) {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) {
    return ['send a JSON object with slowMs, failRatio or both'];
  }
  /** @type {Record<string, number>} */
  const limits = { slowMs: MAX_SLOW_MS, failRatio: 1 };
  return Object.entries(wanted).flatMap(([name, value]) => {
    const limit = Object.hasOwn(limits, name) ? limits[name] : undefined;
    if (limit === undefined) return [`${name} is not known here, only slowMs and failRatio are`];
    const fits = typeof value === 'number' && value >= 0 && value <= limit;
    return fits ? [] : [`${name} is ${JSON.stringify(value)}, not a number from 0 to ${limit}`];
  });
}

/**
 * Delays and failures that can be switched while the API runs.
 * @param {Partial<Mode>} initial
 */
export function createMode(initial) {
  let slowMs = 0;
  let failRatio = 0;
  let answers = 0;
  const dueFailures = () => Math.floor(answers * failRatio + ROUNDING);

  const mode = {
    /** @returns {Mode} */
    read: () => ({ slowMs, failRatio }),

    /**
     * Takes what is given, keeps the rest, and restarts the sequence of failures.
     * @param {Partial<Mode>} wanted
     * @throws {RangeError} with all that `findModeProblems` finds
     */
    change(wanted) {
      const problems = findModeProblems(wanted);
      if (problems.length > 0) throw new RangeError(problems.join('; '));
      ({ slowMs = slowMs, failRatio = failRatio } = wanted);
      answers = 0;
    },

    restart() {
      answers = 0;
    },

    slowMs: () => slowMs,

    /** Whether the next answer fails: every Nth, never by chance, so that two equal runs fail alike. */
    nextFails() {
      if (failRatio === 0) return false;
      const before = dueFailures();
      answers += 1;
      return dueFailures() > before;
    },
  };
  mode.change(initial);
  return mode;
}
