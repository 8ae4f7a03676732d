import { HISTOGRAM } from '@loadts/core';
import {
  createNonce,
  createProof,
  type HelloMessage,
  isProofValid,
  type MasterMessage,
  PACKAGE_VERSION,
  PROTOCOL_VERSION,
} from '@loadts/protocol';

/** The master's side of the greeting: challenges a `hello` and judges the proof that comes back. */
export class MasterHandshake {
  readonly #token: string;
  readonly #nonce = createNonce();
  #hello: HelloMessage | undefined;

  constructor(token: string) {
    this.#token = token;
  }

  get hello(): HelloMessage | undefined {
    return this.#hello;
  }

  /** The challenge, or why this worker cannot take part. */
  challenge(hello: HelloMessage): MasterMessage {
    const refusal = findMismatch(hello);
    if (refusal) return { type: 'refused', reason: refusal };
    this.#hello = hello;
    const proof = createProof(this.#token, 'master', { worker: hello.nonce, master: this.#nonce });
    return {
      type: 'challenge',
      protocol: PROTOCOL_VERSION,
      version: PACKAGE_VERSION,
      nonce: this.#nonce,
      proof,
    };
  }

  isWorkerProven(proof: string): boolean {
    if (!this.#hello) return false;
    const nonces = { worker: this.#hello.nonce, master: this.#nonce };
    return isProofValid(proof, createProof(this.#token, 'worker', nonces));
  }
}

function findMismatch({ protocol, version, histogram }: HelloMessage): string | undefined {
  if (protocol !== PROTOCOL_VERSION) {
    return `this master speaks protocol ${PROTOCOL_VERSION} (loadts ${PACKAGE_VERSION}), the worker ${protocol} (loadts ${version}): install the same version of loadts on both`;
  }
  const fields = ['lowestUs', 'highestUs', 'digits'] as const;
  if (fields.some((field) => histogram[field] !== HISTOGRAM[field])) {
    return 'the worker counts times in other buckets than this master: install the same version of loadts on both';
  }
  return undefined;
}
