import { HISTOGRAM } from '@loadts/core';
import {
  type Connection,
  createConnectionPair,
  createNonce,
  createProof,
  decodeMasterMessage,
  encodeMessage,
  type HelloMessage,
  type MasterMessage,
  PACKAGE_VERSION,
  PROTOCOL_VERSION,
  type Resume,
  type SnapshotMessage,
  type WorkerMessage,
} from '@loadts/protocol';
import { createFinal, createSnapshot } from './statistics/sample-snapshot.case.ts';

export const TOKEN = 'a token that both sides know';

type Received<Type extends MasterMessage['type']> = Extract<MasterMessage, { type: Type }>;

export interface FakeWorkerOptions {
  readonly token?: string;
  /** What its first message says, where that is not what it should. */
  readonly hello?: Partial<HelloMessage>;
  /** Who it was before. */
  readonly resume?: Resume;
  /** Whether it does not need to be sent the script. */
  readonly hasScript?: boolean;
  /** Why it cannot load the script. */
  readonly scriptProblem?: string;
  /** The hash that it says it has loaded, where that is not what it was sent. */
  readonly scriptHash?: string;
  /** Whether it is prepared as soon as it is told to. */
  readonly prepares?: boolean;
  /** Whether it delivers its final message when it is told to stop. */
  readonly delivers?: boolean;
}

/** A worker that greets, says it has loaded the script, and measures what a test tells it to. */
export class FakeWorker {
  readonly received: MasterMessage[] = [];
  readonly #connection: Connection;
  readonly #options: FakeWorkerOptions;
  readonly #nonce = createNonce();
  readonly #entries = new Map<string, number>();
  readonly #snapshots: SnapshotMessage[] = [];
  #bundleBytes = 0;
  #silent = false;
  #closeReason: string | undefined;

  /** @param master takes the other end of a connection, or is one that was made to it */
  constructor(master: ((connection: Connection) => void) | Connection, options: FakeWorkerOptions = {}) {
    const [own, other] = typeof master === 'function' ? createConnectionPair() : [master];
    this.#connection = own;
    this.#options = options;
    own.listen({
      message: (bytes) => this.#receive(decodeMasterMessage(bytes)),
      closed: (reason) => {
        this.#closeReason = reason;
      },
    });
    if (typeof master === 'function' && other) master(other);
  }

  /** Why the connection was closed; undefined while it is open. */
  get closeReason(): string | undefined {
    return this.#closeReason;
  }

  get hello(): HelloMessage {
    return {
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      version: PACKAGE_VERSION,
      nonce: this.#nonce,
      histogram: HISTOGRAM,
      hostname: 'somewhere',
      pid: 4_711,
      cores: 1,
      resumes: false,
      ...this.#options.hello,
    };
  }

  messages<Type extends MasterMessage['type']>(type: Type): Received<Type>[] {
    return this.received.filter((message): message is Received<Type> => message.type === type);
  }

  greet(): this {
    this.send(this.hello);
    return this;
  }

  send(message: WorkerMessage): void {
    this.sendBytes(encodeMessage(message));
  }

  sendBytes(bytes: Uint8Array): void {
    this.#connection.send(bytes);
  }

  reportStatus(users: number, utilization = 0.1, loopDelayUs = 0): void {
    const load = { loopDelayUs, utilization, cpu: utilization, collectingUs: 0, memoryBytes: 1 };
    this.send({ type: 'status', state: 'running', users, received: 0, ...load });
  }

  /** Sends the next snapshot: requests of one name that were ok. */
  measure(interval: number, name: string, timesUs: readonly number[]): SnapshotMessage {
    const isNew = !this.#entries.has(name);
    const entryId = this.#entries.get(name) ?? this.#entries.size;
    this.#entries.set(name, entryId);
    const snapshot = createSnapshot(this.#snapshots.length + 1, [{ entryId, timesUs }], {
      firstInterval: interval,
      newEntries: isNew ? [{ id: entryId, scenario: 0, method: 'GET', name }] : [],
    });
    this.#snapshots.push(snapshot);
    this.send(snapshot);
    return snapshot;
  }

  /** @param endedUs when its last user had ended */
  deliver(endedUs = 0): void {
    this.send({ ...createFinal(this.#snapshots), endedUs });
  }

  /** Begins another run: what it measured in the last one is over. */
  forget(): void {
    this.#entries.clear();
    this.#snapshots.length = 0;
  }

  /** Says nothing any more, as a process that hangs. */
  freeze(): void {
    this.#silent = true;
  }

  disconnect(reason = 'the connection was closed'): void {
    this.#connection.close(reason);
  }

  #receive(message: MasterMessage): void {
    this.received.push(message);
    if (this.#silent) return;
    switch (message.type) {
      case 'challenge':
        return this.#prove(message.nonce);
      case 'offer':
        return this.#takeOffer(message.hash);
      case 'bundle':
        return this.#load(message);
      case 'prepare':
        if (this.#options.prepares !== false) this.send({ type: 'prepared', problem: null });
        return;
      case 'heartbeat':
        return this.reportStatus(0);
      case 'stop':
        if (this.#options.delivers !== false) this.deliver();
        return;
      default:
    }
  }

  #prove(nonce: string): void {
    const nonces = { worker: this.#nonce, master: nonce };
    this.send({
      type: 'proof',
      proof: createProof(this.#options.token ?? TOKEN, 'worker', nonces),
      resume: this.#options.resume ?? null,
    });
  }

  #takeOffer(hash: string): void {
    if (this.#options.hasScript) this.send({ type: 'scriptReady', hash });
    else this.send({ type: 'bundleRequest', hash });
  }

  #load({ bytes, size, hash }: Received<'bundle'>): void {
    const { scriptProblem, scriptHash = hash } = this.#options;
    this.#bundleBytes += bytes.length;
    if (this.#bundleBytes < size) return;
    if (scriptProblem === undefined) this.send({ type: 'scriptReady', hash: scriptHash });
    else this.send({ type: 'scriptFailed', message: scriptProblem });
  }
}
