import { createHash } from 'node:crypto';
import {
  createConnectionPair,
  createNonce,
  createProof,
  decodeWorkerMessage,
  encodeMessage,
  PACKAGE_VERSION,
  PROTOCOL_VERSION,
} from '@loadts/protocol';
import { LogForwarder, Worker } from '@loadts/worker';

/** @import { EntryTotals, HelloMessage, MasterMessage, WorkerStatusMessage } from '@loadts/protocol' */

const TOKEN = 'benchmark';

/**
 * @typedef {object} ScriptedRunOptions
 * @property {string} script
 * @property {string} className the script's only user class
 * @property {string} host
 * @property {number} users all started at once
 * @property {import('@loadts/core').Clock} clock
 * @property {import('@loadts/core').HttpEngine} [engine]
 */

/**
 * Starts a real `Worker` whose master does the least that the protocol asks for.
 * @param {ScriptedRunOptions} options
 */
export function startScriptedRun({ script, className, host, users, clock, engine = 'fast' }) {
  const [masterEnd, workerEnd] = createConnectionPair();
  /** @param {MasterMessage} message */
  const send = (message) => masterEnd.send(encodeMessage(message));
  /** @type {WorkerStatusMessage[]} */
  const statuses = [];
  let onStarted = () => {};
  /** @type {(totals: readonly EntryTotals[]) => void} */
  let onFinal = () => {};
  const started = new Promise((resolve) => (onStarted = () => resolve(true)));
  /** @type {Promise<readonly EntryTotals[]>} */
  const final = new Promise((resolve) => (onFinal = resolve));

  masterEnd.listen({
    closed() {},
    message(bytes) {
      const message = decodeWorkerMessage(bytes);
      switch (message.type) {
        case 'hello':
          return send(createChallenge(message));
        case 'proof':
          send({ type: 'welcome', workerId: 1, resumeSecret: '', resumed: null });
          return send(createBundle(script));
        case 'ping':
          return send({ type: 'pong', id: message.id });
        case 'scriptFailed':
          throw new Error(message.message);
        case 'scriptReady':
          return send(createPrepare(className, host, engine));
        case 'prepared':
          send({ type: 'start', elapsedUs: 0 });
          send(createPlan(users));
          return onStarted();
        case 'status':
          return void statuses.push(message);
        case 'snapshot':
          return send({ type: 'acknowledge', sequence: message.sequence });
        case 'final':
          return onFinal(message.totals);
      }
    },
  });
  new Worker({
    connection: workerEnd,
    token: TOKEN,
    cores: 1,
    clock,
    apiUrl: import.meta.resolve('@loadts/core'),
    logs: new LogForwarder('error'),
  });
  return {
    started,
    statuses,
    /** Resolves with the worker's own totals once all its users have ended. */
    stop() {
      send({ type: 'stop' });
      return final;
    },
  };
}

/**
 * @param {HelloMessage} hello
 * @returns {MasterMessage}
 */
function createChallenge(hello) {
  const nonce = createNonce();
  const proof = createProof(TOKEN, 'master', { worker: hello.nonce, master: nonce });
  return { type: 'challenge', protocol: PROTOCOL_VERSION, version: PACKAGE_VERSION, nonce, proof };
}

/**
 * @param {string} script
 * @returns {MasterMessage}
 */
function createBundle(script) {
  const bytes = Buffer.from(script);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { type: 'bundle', hash, size: bytes.length, offset: 0, bytes };
}

/**
 * @param {string} className
 * @param {string} host
 * @param {import('@loadts/core').HttpEngine} engine
 * @returns {MasterMessage}
 */
function createPrepare(className, host, engine) {
  return {
    type: 'prepare',
    workerIndex: 0,
    workers: 1,
    seed: 1,
    host,
    scenarios: [
      {
        name: null,
        classes: [{ name: className, weight: 1, fixedCount: 0 }],
        open: false,
        startUs: 0,
        endUs: null,
      },
    ],
    endUs: null,
    stopTimeoutMs: 10_000,
    // Nobody sends heartbeats here.
    pauseAfterMs: null,
    endAfterMs: 600_000,
    maxEntries: 1_000,
    insecure: true,
    httpEngine: engine,
    debug: false,
    aggregates: [],
    tags: [],
    excludeTags: [],
    data: null,
    args: '{}',
    leased: false,
    ttfb: false,
    feeders: [],
  };
}

/**
 * @param {number} users
 * @returns {MasterMessage}
 */
function createPlan(users) {
  return {
    type: 'plan',
    scenario: 0,
    generation: 1,
    startUs: 0,
    spawnRate: 'all',
    users,
    classes: null,
    before: [[0]],
    row: 0,
    ordinals: [0],
  };
}
