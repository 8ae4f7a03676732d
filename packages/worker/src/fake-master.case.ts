import {
  type ArrivalsMessage,
  type Connection,
  createConnectionPair,
  createNonce,
  createProof,
  decodeWorkerMessage,
  encodeMessage,
  type HelloMessage,
  type MasterMessage,
  type PlanMessage,
  PROTOCOL_VERSION,
  type PrepareMessage,
  type RunScenario,
  type WorkerMessage,
} from '@loadts/protocol';
import { expect, onTestFinished } from 'vitest';
import { FakeClock, until } from './fake-clock.case.ts';
import { LogForwarder } from './log-forwarder.ts';
import type { ScriptCode } from './script/load-script.ts';
import { createApiModule } from './script/test-script.case.ts';
import { Worker } from './worker.ts';

type MessageOf<Type extends WorkerMessage['type']> = Extract<WorkerMessage, { type: Type }>;

/** A scenario of one class of users that go on by themselves. */
export function createScenario(scenario: Partial<RunScenario> = {}): RunScenario {
  return {
    name: null,
    classes: [{ name: 'ApiUser', weight: 1, fixedCount: 0 }],
    open: false,
    startUs: 0,
    endUs: null,
    ...scenario,
  };
}

/** A master that does what a test says, and keeps what the worker sends. */
export class FakeMaster {
  readonly connection: Connection;
  readonly received: WorkerMessage[] = [];
  readonly nonce: string = createNonce();
  /** Why the connection was closed, once it is. */
  closedWith: string | undefined;
  /** Whether each snapshot is acknowledged at once. */
  acknowledging = true;

  constructor(connection: Connection) {
    this.connection = connection;
    connection.listen({
      message: (bytes) => this.#receive(decodeWorkerMessage(bytes)),
      closed: (reason) => {
        this.closedWith = reason;
      },
    });
  }

  send(message: MasterMessage): void {
    this.connection.send(encodeMessage(message));
  }

  all<Type extends WorkerMessage['type']>(type: Type): MessageOf<Type>[] {
    return this.received.filter((message): message is MessageOf<Type> => message.type === type);
  }

  /** The newest message of a type; waits for the first. */
  async last<Type extends WorkerMessage['type']>(type: Type): Promise<MessageOf<Type>> {
    await until(() => this.all(type).length > 0);
    return this.all(type).at(-1) ?? expect.fail();
  }

  proofFor(hello: HelloMessage, token: string, role: 'master' | 'worker'): string {
    return createProof(token, role, { worker: hello.nonce, master: this.nonce });
  }

  async challenge(token: string, protocol: number = PROTOCOL_VERSION): Promise<void> {
    const proof = this.proofFor(await this.last('hello'), token, 'master');
    this.send({ type: 'challenge', protocol, version: '0.0.7', nonce: this.nonce, proof });
  }

  welcome(): void {
    this.send({ type: 'welcome', workerId: 1, resumeSecret: '', resumed: null });
  }

  /** Takes a worker back that was there before. */
  async resume(received: number, ended = false): Promise<void> {
    await this.challenge('secret');
    await this.last('proof');
    this.send({ type: 'welcome', workerId: 1, resumeSecret: '', resumed: { received, ended } });
    await until(() => this.all('status').length > 0);
  }

  async greet(): Promise<void> {
    await this.challenge('secret');
    await this.last('proof');
    this.welcome();
    await until(() => this.all('ping').length === 5);
  }

  sendScript({ code, hash }: ScriptCode, parts = 1): void {
    const bytes = Buffer.from(code);
    const size = Math.ceil(bytes.length / parts);
    for (let offset = 0; offset < bytes.length; offset += size) {
      const part = bytes.subarray(offset, offset + size);
      this.send({ type: 'bundle', hash, size: bytes.length, offset, bytes: part });
    }
  }

  prepare(message: Partial<PrepareMessage> = {}): void {
    this.send({
      type: 'prepare',
      workerIndex: 0,
      workers: 1,
      seed: 1,
      host: null,
      scenarios: [createScenario()],
      endUs: null,
      stopTimeoutMs: 10_000,
      pauseAfterMs: 3_000,
      endAfterMs: 4_000,
      maxEntries: 1_000,
      insecure: false,
      httpEngine: null,
      debug: false,
      aggregates: [],
      data: null,
      args: '{}',
      leased: false,
      ttfb: false,
      feeders: [],
      tags: [],
      excludeTags: [],
      ...message,
    });
  }

  start({ elapsedUs = 0, ...message }: Partial<PrepareMessage> & { readonly elapsedUs?: number } = {}): void {
    this.prepare(message);
    this.send({ type: 'start', elapsedUs });
  }

  plan(plan: Partial<PlanMessage>): void {
    this.send({
      type: 'plan',
      scenario: 0,
      classes: null,
      generation: 1,
      startUs: 0,
      spawnRate: 'all',
      users: 1,
      before: [[0]],
      row: 0,
      ordinals: [0],
      ...plan,
    });
  }

  arrivals(message: Partial<ArrivalsMessage> = {}): void {
    this.send({
      type: 'arrivals',
      scenario: 0,
      generation: 1,
      from: 0,
      worker: 0,
      workers: 1,
      stages: [{ seconds: null, startRate: 10, endRate: 10 }],
      poisson: false,
      maxUsers: 100,
      whenBusy: 'drop',
      ...message,
    });
  }

  #receive(message: WorkerMessage): void {
    this.received.push(message);
    if (message.type === 'ping') this.send({ type: 'pong', id: message.id });
    if (message.type === 'snapshot' && this.acknowledging) {
      this.send({ type: 'acknowledge', sequence: message.sequence });
    }
  }
}

/** A worker that has connected to a fake master. When the test ends, it is cut off. */
export async function connectWorker({ returns = false } = {}) {
  const [masterEnd, workerEnd] = createConnectionPair();
  const master = new FakeMaster(masterEnd);
  const clock = new FakeClock(50_000_000);
  const logs = new LogForwarder('info');
  const apiUrl = await createApiModule();
  const later: FakeMaster[] = [];
  const reconnect = (): Promise<Connection> => {
    const [itsEnd, ownEnd] = createConnectionPair();
    later.push(new FakeMaster(itsEnd));
    return Promise.resolve(ownEnd);
  };
  /** What waits to be sent, as the worker sees it. */
  const network = { bufferedBytes: 0 };
  const connection = Object.defineProperty(workerEnd, 'bufferedBytes', { get: () => network.bufferedBytes });
  const worker = new Worker({
    connection,
    token: 'secret',
    cores: 3,
    clock,
    apiUrl,
    logs,
    reconnect: returns ? reconnect : undefined,
  });
  /** The master on its next connection. */
  const nextMaster = async (): Promise<FakeMaster> => {
    await until(() => later.length > 0);
    return later.shift() as FakeMaster;
  };
  /** What `finished` came to: undefined for a goodbye, else the error. */
  const outcome = worker.finished.then(
    () => undefined,
    (error: unknown) => error,
  );
  onTestFinished(async () => {
    masterEnd.send(encodeMessage({ type: 'goodbye' }));
    for (const master of later) master.connection.close('the test is over');
    masterEnd.close('the test is over');
    if (returns) return;
    await clock.advance(1);
    await outcome;
  });
  /** Further ones that nobody has looked at. */
  const connections = (): number => later.length;
  return { master, worker, clock, logs, outcome, nextMaster, connections, network };
}
