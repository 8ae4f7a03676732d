/**
 * @typedef {object} Counts
 * @property {number} total every request that was answered
 * @property {number} failed those of them that the failing mode turned into a 500
 * @property {Record<string, number>} requests by `METHOD path`, the path without its query string
 * @property {Record<string, number>} workers by the value of the request header `x-loadts-worker`
 */

/** Counts answered requests by method, path and worker, without building a string for each request. */
export function createRequestCounts() {
  /** @type {Map<string, Map<string, number>>} */
  const methods = new Map();
  /** @type {Map<string, number>} */
  const workers = new Map();
  let total = 0;
  let failed = 0;

  return {
    /**
     * @param {string} method
     * @param {string} path
     * @param {string | undefined} worker
     * @param {boolean} isFailed
     */
    add(method, path, worker, isFailed) {
      let paths = methods.get(method);
      if (paths === undefined) methods.set(method, (paths = new Map()));
      increment(paths, path);
      if (worker !== undefined) increment(workers, worker);
      total += 1;
      if (isFailed) failed += 1;
    },

    reset() {
      methods.clear();
      workers.clear();
      total = 0;
      failed = 0;
    },

    /** @returns {Counts} */
    read() {
      const requests = [...methods].flatMap(([method, paths]) =>
        [...paths].map(([path, count]) => /** @type {const} */ ([`${method} ${path}`, count])),
      );
      return { total, failed, requests: Object.fromEntries(requests), workers: Object.fromEntries(workers) };
    },
  };
}

/**
 * @param {Map<string, number>} counts
 * @param {string} key
 */
function increment(counts, key) {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
