import {
  type Clock,
  collectFeeders,
  type DeclaredFeeder,
  LoadtsError,
  readUserClasses,
  StopUser,
  type UserClass,
} from '@loadts/core';
import {
  type BundleMessage,
  type Connection,
  HEARTBEAT_MS,
  type MasterMessage,
  type StartMessage,
  TEXT_LIMITS,
  type WorkerMessage,
} from '@loadts/protocol';
import { MasterChannel } from './connection/master-channel.ts';
import { RoundTrip } from './connection/round-trip.ts';
import { WorkerHandshake } from './connection/worker-handshake.ts';
import { LoadMonitor } from './load-monitor.ts';
import type { LogForwarder } from './log-forwarder.ts';
import { BundleReceiver } from './script/bundle-receiver.ts';
import { loadScript } from './script/load-script.ts';
import { WorkerRun } from './worker-run.ts';

export interface WorkerOptions {
  readonly connection: Connection;
  readonly token: string;
  readonly cores: number;
  readonly clock: Clock;
  /** The module that a script's import of `loadts` means. */
  readonly apiUrl: string;
  readonly logs: LogForwarder;
}

type RunMessage = Extract<
  MasterMessage,
  { type: 'start' | 'plan' | 'lease' | 'feederRows' | 'refuseEntries' | 'stop' | 'acknowledge' }
>;

/** One worker: does what its master says over one connection, until the goodbye or the connection's end. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #channel: MasterChannel;
  readonly #handshake: WorkerHandshake;
  readonly #roundTrip: RoundTrip;
  readonly #bundle = new BundleReceiver();
  readonly #load: LoadMonitor;
  #userClasses: readonly UserClass[] = [];
  #feeders: readonly DeclaredFeeder[] = [];
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
    this.#channel = new MasterChannel(options.connection, {
      message: (message) => this.#receive(message),
      failed: (error) => void this.#leave(error),
      closed: (reason) => void this.#leave(new LoadtsError('WORKERS_MISSING', `lost the master: ${reason}`)),
    });
    this.#roundTrip = new RoundTrip(options.clock, (message) => this.#send(message));
    this.#send(this.#handshake.hello);
  }

  /** Counts what a script threw outside of any user's task: a timer's exception, a rejection that nobody awaited. */
  recordStray(thrown: unknown): void {
    if (!(thrown instanceof StopUser)) this.#run?.recordStray(thrown);
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
    if (this.#handshake.complete) this.#join();
  }

  #receiveRunMessage(message: RunMessage): void {
    if (message.type === 'start') this.#startRun(message);
    else if (this.#run) passOn(this.#run, message);
  }

  #startRun(start: StartMessage): void {
    this.#run = new WorkerRun({
      start,
      userClasses: this.#userClasses,
      feeders: this.#feeders,
      clock: this.#options.clock,
      transitUs: Math.round(this.#roundTrip.bestUs / 2),
      send: (reply) => this.#send(reply),
    });
  }

  #join(): void {
    this.#load.start();
    this.#roundTrip.measure();
    this.#reportStatus();
  }

  async #addBundle(message: BundleMessage): Promise<void> {
    try {
      const script = this.#bundle.add(message);
      if (!script) return;
      const { exports, feeders } = await collectFeeders(() => loadScript(script, this.#options.apiUrl));
      this.#userClasses = readUserClasses(exports);
      this.#feeders = feeders;
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
    await this.#run?.abort();
    this.#finish(error);
  }
}

function passOn(run: WorkerRun, message: Exclude<RunMessage, { type: 'start' }>): void {
  switch (message.type) {
    case 'plan':
      return run.follow(message);
    case 'lease':
      return run.lease(message.count);
    case 'feederRows':
      return run.addRows(message);
    case 'refuseEntries':
      return run.refuseEntries(message.entryIds);
    case 'stop':
      return void run.stop();
    case 'acknowledge':
      return run.acknowledge(message.sequence);
  }
}
