import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/**
 * @typedef {object} ModelOptions
 * @property {number} loadMs how long loading takes at least, as real weights do
 * @property {number} queue batches that may wait; further ones are refused
 * @property {number} slowMs milliseconds that each batch takes longer
 * @property {number} leakMs milliseconds that each batch makes all later ones take longer
 */

/** @typedef {{ texts: string[], resolve: (embeddings: number[][]) => void, reject: (problem: Error) => void }} Job */

/**
 * One model on one thread, and those who wait for it: one batch at a time.
 * @param {ModelOptions} options
 */
export function createModel({ loadMs, queue, slowMs, leakMs }) {
  const thread = new Worker(new URL('./model-thread.mjs', import.meta.url));
  /** @type {Job[]} */
  const waiting = [];
  /** @type {Job | undefined} */
  let current;
  let ready = false;
  let extraMs = slowMs;

  const loaded = new Promise((resolve) => thread.once('message', resolve));
  const become = Promise.all([loaded, sleep(loadMs)]).then(() => {
    thread.on('message', finish);
    ready = true;
  });

  /** @param {number[][]} embeddings */
  async function finish(embeddings) {
    if (extraMs > 0) await sleep(extraMs);
    extraMs += leakMs;
    current?.resolve(embeddings);
    current = undefined;
    next();
  }

  function next() {
    current = waiting.shift();
    if (current) thread.postMessage(current.texts);
  }

  return {
    get ready() {
      return ready;
    },
    whenReady: () => become,
    /**
     * @param {string[]} texts
     * @returns {Promise<number[][]> | undefined} undefined where too many wait already
     */
    embed(texts) {
      if (current && waiting.length >= queue) return undefined;
      return new Promise((resolve, reject) => {
        waiting.push({ texts, resolve, reject });
        if (!current) next();
      });
    },
    async close() {
      await thread.terminate();
      for (const job of [...waiting, ...(current ? [current] : [])]) job.reject(new Error('shutting down'));
    },
  };
}
