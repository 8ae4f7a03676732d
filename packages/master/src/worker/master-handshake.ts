import { HISTOGRAM, LoadtsError, type WorkerFacts } from '@loadts/core';
import {
  createNonce,
  createProof,
  type HelloMessage,
  isProofValid,
  type MasterMessage,
  type Nonces,
  PACKAGE_VERSION,
  PROTOCOL_VERSION,
  type Resume,
  type WorkerMessage,
} from '@loadts/protocol';

/** The master's side of the greeting: answers a `hello` with a challenge and judges the proof that comes back. */
export class MasterHandshake {
  readonly #token: string;
  readonly #nonce = createNonce();
  #nonces: Nonces | undefined;
  #hello: HelloMessage | undefined;
  #resume: Resume | undefined;

  constructor(token: string) {
    this.#token = token;
  }

  /** Whether the worker comes back where its connection breaks. */
  get resumes(): boolean {
    return this.#hello?.resumes ?? false;
  }

  /** Who the worker was before, as it says. */
  get resume(): Resume | undefined {
    return this.#resume;
  }

  /** Where the worker runs, and what; nothing before it has greeted. */
  get workerFacts(): Omit<WorkerFacts, 'id'> {
    const { hostname = '', pid = 0, cores = 0, version = PACKAGE_VERSION } = this.#hello ?? {};
    return { hostname, pid, cores, loadts: version };
  }

  /**
   * The challenge, or undefined once the worker has proved itself.
   * @throws LoadtsError `HANDSHAKE_REFUSED` where it cannot take part.
   */
  answer(message: WorkerMessage): MasterMessage | undefined {
    if (message.type === 'hello' && !this.#nonces) return this.#challenge(message);
    if (message.type !== 'proof' || !this.#nonces) {
      throw refusal(
        `the worker sent "${message.type}" where its ${this.#nonces ? 'proof' : 'hello'} belongs`,
      );
    }
    if (!isProofValid(message.proof, createProof(this.#token, 'worker', this.#nonces))) {
      throw refusal('the worker does not know the token of this master: give both the same one');
    }
    this.#resume = message.resume ?? undefined;
    return undefined;
  }

  #challenge(hello: HelloMessage): MasterMessage {
    refuseProtocol(hello);
    refuseBuckets(hello);
    this.#hello = hello;
    this.#nonces = { worker: hello.nonce, master: this.#nonce };
    return {
      type: 'challenge',
      protocol: PROTOCOL_VERSION,
      version: PACKAGE_VERSION,
      nonce: this.#nonce,
      proof: createProof(this.#token, 'master', this.#nonces),
    };
  }
}

/** @throws LoadtsError `HANDSHAKE_REFUSED` with both versions where they do not understand each other. */
export function refuseProtocol({ protocol, version }: Pick<HelloMessage, 'protocol' | 'version'>): void {
  if (protocol !== PROTOCOL_VERSION) {
    throw refusal(
      `this master speaks protocol ${PROTOCOL_VERSION} (loadts ${PACKAGE_VERSION}), the worker ${protocol} (loadts ${version}): install the same version of loadts on both`,
    );
  }
}

function refuseBuckets({ histogram }: HelloMessage): void {
  const fields = ['lowestUs', 'highestUs', 'digits'] as const;
  if (fields.some((field) => histogram[field] !== HISTOGRAM[field])) {
    throw refusal(
      'the worker counts times in other buckets than this master: install the same version of loadts on both',
    );
  }
}

function refusal(reason: string): LoadtsError {
  return new LoadtsError('HANDSHAKE_REFUSED', reason);
}
