import { crc32 } from 'node:zlib';
import { HISTOGRAM, IntervalHistogram } from '@loadts/core';
import {
  createNonce,
  createProof,
  decodeMasterMessage,
  encodeMessage,
  encodeStatistics,
  PACKAGE_VERSION,
  PROTOCOL_VERSION,
} from '@loadts/protocol';
import { createLatencies } from '../latencies.mjs';

/** @import { Connection, MasterMessage, WorkerMessage } from '@loadts/protocol' */

const RUNNING = { loopDelayUs: 900, utilization: 0.4, cpu: 0.5, collectingUs: 100, memoryBytes: 90_000_000 };

/**
 * One second of a worker, encoded: requests that were all ok, of every entry.
 * @param {{ entries: number, samples: number, seed: number }} load
 */
export function createSecond({ entries, samples, seed }) {
  const nextLatency = createLatencies(seed);
  const generatorDelay = new IntervalHistogram();
  const measured = Array.from({ length: entries }, (_, entryId) => {
    const latency = new IntervalHistogram();
    for (let i = 0; i < samples; i++) {
      const latencyUs = nextLatency();
      latency.record(latencyUs);
      generatorDelay.record(latencyUs / 100);
    }
    const failed = { httpError: 0, checkFailed: 0, timeout: 0, connectionError: 0, aborted: 0, retried: 0 };
    const counts = { started: samples, ok: samples, ...failed, bytesReceived: samples * 500 };
    return { entryId, counts, latency: latency.take() };
  });
  const statistics = encodeStatistics({ generatorDelay: generatorDelay.take(), entries: measured });
  return { statistics, crc32: crc32(statistics) };
}

/** What a master sees of a worker, without the work: it greets, is prepared, and sends what it is told to. */
export class SimulatedWorker {
  /** @type {(bytes: Uint8Array) => void} */
  #deliver = () => {};
  #nonce = createNonce();
  #token;
  #entries;
  #isRunning = false;
  #received = 0;
  #sequence = 0;
  sentBytes = 0;

  /** @param {{ accept: (connection: Connection) => void, token: string, entries: number }} options */
  constructor({ accept, token, entries }) {
    this.#token = token;
    this.#entries = entries;
    const received = () => this.sentBytes;
    accept({
      bufferedBytes: 0,
      get receivedBytes() {
        return received();
      },
      send: (bytes) => this.#take(bytes),
      close: (reason) => {
        throw new Error(`the master closed a connection: ${reason}`);
      },
      listen: ({ message }) => {
        this.#deliver = message;
      },
    });
  }

  greet() {
    this.#send({
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      version: PACKAGE_VERSION,
      nonce: this.#nonce,
      histogram: HISTOGRAM,
      hostname: 'simulated',
      pid: 1,
      cores: 1,
      resumes: true,
    });
  }

  /**
   * The messages of a second, encoded, so that this is no part of what is measured.
   * @param {number} second
   * @param {{ statistics: Uint8Array, crc32: number }} measured
   */
  encodeSecond(second, measured) {
    this.#sequence++;
    const names = this.#sequence === 1 ? this.#entries : 0;
    /** @type {WorkerMessage} */
    const snapshot = {
      type: 'snapshot',
      sequence: this.#sequence,
      firstInterval: second,
      lastInterval: second,
      users: 10,
      newEntries: Array.from({ length: names }, (_, id) => ({
        id,
        scenario: 0,
        method: 'GET',
        name: `/some/path/${id}`,
      })),
      ...measured,
      failures: [],
      exceptions: [],
      arrivals: [],
    };
    // Two messages of the start, then one for each second.
    const received = this.#received;
    /** @type {WorkerMessage} */
    const status = { type: 'status', state: 'running', users: 10, received, ...RUNNING };
    return [encodeMessage(snapshot), encodeMessage(status)];
  }

  /** @param {readonly Uint8Array[]} messages */
  deliver(messages) {
    for (const bytes of messages) {
      this.sentBytes += bytes.length;
      this.#deliver(bytes);
    }
  }

  /** @param {WorkerMessage} message */
  #send(message) {
    this.deliver([encodeMessage(message)]);
  }

  /** @param {Uint8Array} bytes */
  #take(bytes) {
    // Heartbeats and acknowledgements are of no interest; to decode them is the work of a worker.
    if (this.#isRunning) return;
    const message = decodeMasterMessage(bytes);
    queueMicrotask(() => this.#answer(message));
  }

  /** @param {MasterMessage} message */
  #answer(message) {
    if (message.type === 'challenge') {
      const nonces = { worker: this.#nonce, master: message.nonce };
      this.#send({ type: 'proof', proof: createProof(this.#token, 'worker', nonces), resume: null });
    } else if (message.type === 'offer') {
      this.#received++;
      this.#send({ type: 'scriptReady', hash: message.hash });
    } else if (message.type === 'prepare') {
      this.#received++;
      this.#send({ type: 'prepared', problem: null });
    } else if (message.type === 'start') {
      this.#received++;
      this.#isRunning = true;
    }
  }
}
