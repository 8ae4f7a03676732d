import { type Clock, collectFeeders, LoadtsError, StopUser } from '@loadts/core';
import {
  type BundleMessage,
  type Connection,
  HEARTBEAT_MS,
  type MasterMessage,
  type PrepareMessage,
  TEXT_LIMITS,
  type WorkerMessage,
} from '@loadts/protocol';
import { MasterChannel } from './connection/master-channel.ts';
import { RoundTrip } from './connection/round-trip.ts';
import { WorkerHandshake } from './connection/worker-handshake.ts';
import { LoadMonitor } from './load-monitor.ts';
import type { LogForwarder } from './log-forwarder.ts';
import { prepareRun, type RunPreparation } from './run-preparation.ts';
import { BundleReceiver } from './script/bundle-receiver.ts';
import { loadScript } from './script/load-script.ts';
import { EMPTY_SCRIPT, readWorkerScript, type WorkerScript } from './script/worker-script.ts';
import { describeException } from './user/describe-exception.ts';
import { type RunMessage, WorkerRun } from './worker-run.ts';

export interface WorkerOptions {
  readonly connection: Connection;
  readonly token: string;
  readonly cores: number;
  readonly clock: Clock;
  /** The module that a script's import of `loadts` means. */
  readonly apiUrl: string;
  readonly logs: LogForwarder;
  /** Brings the worker back where its connection ends without a goodbye; undefined: that is its end too. */
  readonly reconnect?: (() => Promise<Connection>) | undefined;
  /** Called whenever a master has welcomed it. */
  readonly onJoined?: (workerId: number) => void;
}

/** One worker: does what its master says until the goodbye. */
export class Worker {
  readonly #options: WorkerOptions;
  #channel: MasterChannel;
  #handshake: WorkerHandshake;
  #roundTrip: RoundTrip;
  readonly #bundle = new BundleReceiver();
  readonly #load: LoadMonitor;
  #script: WorkerScript = EMPTY_SCRIPT;
  /** Of a run that has not started. */
  #preparation: RunPreparation | undefined;
  #run: WorkerRun | undefined;
  #cancelStatus: () => void = () => {};
  #left = false;
  #finish: (error: unknown) => void = () => {};
  /** Resolves after the master's goodbye; rejects with a `LoadtsError` where either side refused or the connection broke. */
  readonly finished: Promise<void>;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#load = new LoadMonitor(options.clock);
    this.finished = new Promise((resolve, reject) => {
      this.#finish = (error) => (error === undefined ? resolve() : reject(error));
    });
    this.#handshake = new WorkerHandshake(options);
    this.#roundTrip = new RoundTrip(options.clock, (message) => this.#send(message));
    this.#channel = this.#open(options.connection);
    this.#send(this.#handshake.hello);
  }

  /** Goes in order: users finish, all is delivered, the master says goodbye. */
  leave(): void {
    if (this.#handshake.complete && this.#channel.isOpen) this.#send({ type: 'leaving' });
    else void this.#leave(undefined);
  }

  /** Counts what a script threw outside of any user's task: a timer's exception, a rejection that nobody awaited. Without a run it is logged. */
  recordStray(thrown: unknown): void {
    if (thrown instanceof StopUser) return;
    if (this.#run) return this.#run.recordStray(thrown);
    this.#options.logs.logger.error(`outside of a run: ${describeException(thrown).message}`);
  }

  #open(connection: Connection): MasterChannel {
    return new MasterChannel(connection, {
      message: (message) => this.#receive(message),
      failed: (error) => void this.#leave(error),
      closed: (reason) => void this.#loseMaster(reason),
    });
  }

  async #loseMaster(reason: string): Promise<void> {
    const { reconnect } = this.#options;
    if (!reconnect) return this.#leave(new LoadtsError('WORKERS_MISSING', `lost the master: ${reason}`));
    this.#cancelStatus();
    this.#load.stop();
    await this.#endRun();
    try {
      const connection = await reconnect();
      this.#handshake = new WorkerHandshake(this.#options);
      this.#roundTrip = new RoundTrip(this.#options.clock, (message) => this.#send(message));
      this.#channel = this.#open(connection);
      this.#send(this.#handshake.hello);
    } catch (error) {
      await this.#leave(error);
    }
  }

  #send(message: WorkerMessage): void {
    this.#channel.send(message);
  }

  #receive(message: MasterMessage): void {
    if (!this.#handshake.complete) return this.#greet(message);
    switch (message.type) {
      case 'challenge':
      case 'welcome':
      case 'refused':
        throw new LoadtsError('MESSAGE_INVALID', `a second ${message.type}`);
      case 'pong':
        return void this.#roundTrip.pong(message.id);
      case 'bundle':
        return void this.#addBundle(message);
      case 'goodbye':
        return void this.#leave(undefined);
      case 'heartbeat':
        return;
      default:
        return this.#receiveRunMessage(message);
    }
  }

  #greet(message: MasterMessage): void {
    const answer = this.#handshake.take(message);
    if (answer) this.#send(answer);
    if (message.type === 'welcome') this.#join(message.workerId);
  }

  #receiveRunMessage(
    message: RunMessage | Extract<MasterMessage, { type: 'prepare' | 'start' | 'stop' }>,
  ): void {
    switch (message.type) {
      case 'prepare':
        return this.#prepare(message);
      case 'start':
        return this.#start(message.elapsedUs + Math.round(this.#roundTrip.bestUs / 2));
      case 'stop':
        // A run that ends before its time zero has a last word too.
        this.#start(0);
        return void this.#run?.stop();
      default:
        return this.#run?.receive(message);
    }
  }

  #prepare(message: PrepareMessage): void {
    const preparation = prepareRun(message, this.#script, this.#options.clock);
    this.#run = undefined;
    this.#preparation = preparation;
    void preparation.hooks.start().then((problem) => this.#send({ type: 'prepared', problem }));
  }

  #start(elapsedUs: number): void {
    if (!this.#preparation) return;
    const { clock } = this.#options;
    this.#run = new WorkerRun({
      preparation: this.#preparation,
      clock,
      startUs: clock.nowUs() - elapsedUs,
      send: (reply) => this.#send(reply),
    });
    this.#preparation = undefined;
  }

  #join(workerId: number): void {
    this.#options.onJoined?.(workerId);
    this.#load.start();
    this.#roundTrip.measure();
    this.#reportStatus();
  }

  async #addBundle(message: BundleMessage): Promise<void> {
    try {
      const script = this.#bundle.add(message);
      if (!script) return;
      const { exports, feeders } = await collectFeeders(() => loadScript(script, this.#options.apiUrl));
      this.#script = readWorkerScript(exports, feeders);
      this.#send({ type: 'scriptReady', hash: script.hash });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.#send({ type: 'scriptFailed', message: text.slice(0, TEXT_LIMITS.scriptError) });
    }
  }

  #reportStatus(): void {
    const state = this.#run?.state ?? 'ready';
    this.#send({ type: 'status', state, users: this.#run?.users ?? 0, ...this.#load.read() });
    this.#sendLogs();
    this.#cancelStatus = this.#options.clock.schedule(HEARTBEAT_MS, () => this.#reportStatus());
  }

  #sendLogs(): void {
    const lines = this.#options.logs.take();
    if (lines.length > 0) this.#send({ type: 'log', lines });
  }

  async #leave(error: unknown): Promise<void> {
    if (this.#left) return;
    this.#left = true;
    this.#cancelStatus();
    this.#load.stop();
    // Not to a stranger.
    if (this.#handshake.complete) this.#sendLogs();
    this.#channel.close(error instanceof Error ? error.message : 'goodbye');
    await this.#endRun();
    this.#finish(error);
  }

  async #endRun(): Promise<void> {
    await this.#preparation?.hooks.stop();
    await this.#run?.abort();
    this.#preparation = undefined;
    this.#run = undefined;
  }
}
