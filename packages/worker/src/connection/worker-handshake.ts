import { hostname } from 'node:os';
import { HISTOGRAM, LoadtsError } from '@loadts/core';
import {
  createNonce,
  createProof,
  type HelloMessage,
  isProofValid,
  type MasterMessage,
  PACKAGE_VERSION,
  PROTOCOL_VERSION,
  type Resume,
  type WorkerMessage,
} from '@loadts/protocol';

export interface WorkerHandshakeOptions {
  readonly token: string;
  readonly cores: number;
  /** Whether it comes back where its connection breaks. */
  readonly resumes: boolean;
  /** What it was for a master before. */
  readonly resume: Resume | null;
}

/** The worker's side of the greeting: `hello`, the answer to the master's challenge, then the welcome. */
export class WorkerHandshake {
  readonly hello: HelloMessage;
  readonly #token: string;
  readonly #resume: Resume | null;
  #masterProven = false;
  #complete = false;

  constructor({ token, cores, resumes, resume }: WorkerHandshakeOptions) {
    this.#token = token;
    this.#resume = resume;
    this.hello = {
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      version: PACKAGE_VERSION,
      nonce: createNonce(),
      histogram: HISTOGRAM,
      hostname: hostname(),
      pid: process.pid,
      cores,
      resumes,
    };
  }

  /** Whether both sides have proved themselves. Before that nothing else from the master counts: it sends code to run. */
  get complete(): boolean {
    return this.#complete;
  }

  /**
   * The answer, where there is one.
   * @throws LoadtsError `HANDSHAKE_REFUSED` where either side refuses the other, `MESSAGE_INVALID` out of turn.
   */
  take(message: MasterMessage): WorkerMessage | undefined {
    if (message.type === 'refused') throw new LoadtsError('HANDSHAKE_REFUSED', message.reason);
    if (message.type === 'challenge' && !this.#masterProven) return this.#answer(message);
    if (message.type !== 'welcome' || !this.#masterProven) {
      throw new LoadtsError(
        'MESSAGE_INVALID',
        `the master sent "${message.type}" before its greeting was over`,
      );
    }
    this.#complete = true;
    return undefined;
  }

  #answer(message: Extract<MasterMessage, { type: 'challenge' }>): WorkerMessage {
    if (message.protocol !== PROTOCOL_VERSION) {
      throw new LoadtsError(
        'HANDSHAKE_REFUSED',
        `the master speaks protocol ${message.protocol} (loadts ${message.version}), this worker ${PROTOCOL_VERSION} (loadts ${PACKAGE_VERSION})`,
        { hint: 'install the same version of loadts on both' },
      );
    }
    const nonces = { worker: this.hello.nonce, master: message.nonce };
    if (!isProofValid(message.proof, createProof(this.#token, 'master', nonces))) {
      throw new LoadtsError('HANDSHAKE_REFUSED', 'the master does not know the token of this worker', {
        hint: 'give the master and the worker the same token',
      });
    }
    this.#masterProven = true;
    return { type: 'proof', proof: createProof(this.#token, 'worker', nonces), resume: this.#resume };
  }
}
