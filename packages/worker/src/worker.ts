import { type Clock, collectFeeders, StopUser } from '@loadts/core';
import {
  type BundleMessage,
  type Connection,
  HEARTBEAT_MS,
  type MasterMessage,
  type OfferMessage,
  type PrepareMessage,
  TEXT_LIMITS,
  type WorkerMessage,
} from '@loadts/protocol';
import { MasterSession } from './connection/master-session.ts';
import { RoundTrip } from './connection/round-trip.ts';
import { LoadMonitor } from './load-monitor.ts';
import type { LogForwarder } from './log-forwarder.ts';
import { prepareRun, type RunPreparation } from './run-preparation.ts';
import { BundleReceiver } from './script/bundle-receiver.ts';
import { loadScript, type ScriptCode } from './script/load-script.ts';
import { ScriptCache } from './script/script-cache.ts';
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
  /** Told its number of users once a second. */
  readonly onUsers?: (users: number) => void;
}

const WATCH_MS = 250;
/** How long a worker whose users have ended tries to deliver what they did. */
const DELIVERY_MS = 60_000;

/** One worker: does what its master says until the goodbye. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #session: MasterSession;
  #roundTrip: RoundTrip;
  readonly #bundle = new BundleReceiver();
  readonly #scripts = new ScriptCache();
  readonly #monitor: LoadMonitor;
  #script: WorkerScript = EMPTY_SCRIPT;
  /** Of a run that has not started. */
  #preparation: RunPreparation | undefined;
  #run: WorkerRun | undefined;
  #cancelStatus: () => void = () => {};
  #cancelWatch: () => void = () => {};
  /** Counts how often a master took it for a new worker. */
  #life = 0;
  /** The master was silent for so long that the users had to end. */
  #endedUnheard = false;
  #left = false;
  #isLeaving = false;
  #finish: (error: unknown) => void = () => {};
  /** Resolves after the master's goodbye; rejects with a `LoadtsError` where either side refused or the connection broke. */
  readonly finished: Promise<void>;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#monitor = new LoadMonitor(options.clock);
    this.finished = new Promise((resolve, reject) => {
      this.#finish = (error) => (error === undefined ? resolve() : reject(error));
    });
    this.#roundTrip = new RoundTrip(options.clock, (message) => this.#send(message));
    this.#session = new MasterSession({
      connection: options.connection,
      token: options.token,
      cores: options.cores,
      clock: options.clock,
      reconnect: options.reconnect,
      events: {
        joined: (workerId, isNew) => this.#join(workerId, isNew),
        message: (message) => this.#receive(message),
        missed: () => this.#endUnheard(),
        detached: () => this.#pauseStatus(),
        failed: (error) => void this.#leave(error),
      },
    });
    if (options.reconnect) this.#watch();
  }

  /** Goes in order: users finish, all is delivered, the master says goodbye. */
  leave(): void {
    this.#isLeaving = true;
    if (this.#session.isOnline) this.#send({ type: 'leaving' });
    else void this.#leave(undefined);
  }

  /** Counts what a script threw outside of any user's task: a timer's exception, a rejection that nobody awaited. Without a run it is logged. */
  recordStray(thrown: unknown): void {
    if (thrown instanceof StopUser) return;
    if (this.#run) return this.#run.recordStray(thrown);
    this.#options.logs.logger.error(`outside of a run: ${describeException(thrown).message}`);
  }

  #send(message: WorkerMessage): void {
    this.#session.send(message);
  }

  #receive(message: MasterMessage): void {
    switch (message.type) {
      case 'challenge':
      case 'welcome':
      case 'refused':
        return;
      case 'pong':
        return void this.#roundTrip.pong(message.id);
      case 'offer':
        return this.#take(message);
      case 'bundle':
        return this.#addBundle(message);
      case 'goodbye':
        return void this.#leave(undefined);
      case 'heartbeat':
        return this.#hear();
      default:
        return this.#receiveRunMessage(message);
    }
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
        return void (message.now ? this.#run?.abort() : this.#run?.stop());
      default:
        return this.#run?.receive(message);
    }
  }

  #prepare(message: PrepareMessage): void {
    const preparation = prepareRun(message, this.#script, this.#options.clock);
    const send = this.#createSend();
    this.#run = undefined;
    this.#preparation = preparation;
    void preparation.hooks.start().then((problem) => send({ type: 'prepared', problem }));
  }

  #start(elapsedUs: number): void {
    if (!this.#preparation) return;
    const { clock } = this.#options;
    this.#run = new WorkerRun({
      preparation: this.#preparation,
      clock,
      startUs: clock.nowUs() - elapsedUs,
      log: (text) => this.#options.logs.logger.info(text),
      send: this.#createSend(),
    });
    this.#preparation = undefined;
  }

  /** Sends for as long as the worker is what it is now for its master. */
  #createSend(): (message: WorkerMessage) => void {
    const life = this.#life;
    return (message) => {
      if (life === this.#life) this.#send(message);
    };
  }

  #join(workerId: number, isNew: boolean): void {
    // Its master has forgotten it, and with it that it wants to go.
    if (isNew && this.#isLeaving) return void this.#leave(undefined);
    if (isNew) {
      this.#life++;
      void this.#endRun();
    }
    this.#options.onJoined?.(workerId);
    this.#roundTrip = new RoundTrip(this.#options.clock, (message) => this.#send(message));
    this.#monitor.start();
    this.#roundTrip.measure();
    this.#reportStatus();
    this.#hear();
  }

  #pauseStatus(): void {
    this.#cancelStatus();
    this.#monitor.stop();
  }

  /** The master is there. */
  #hear(): void {
    if (this.#endedUnheard) {
      if (this.#session.isDelivered && this.#run?.hasReported !== false) this.#startAnew();
    } else if (this.#session.checkSilence() < (this.#run?.limits.pauseAfterMs ?? Number.POSITIVE_INFINITY)) {
      this.#run?.proceed();
    }
  }

  /** What is to happen where the master is silent, so that the target never sees more load than is wanted. */
  #watch(): void {
    this.#cancelWatch = this.#options.clock.schedule(WATCH_MS, () => this.#watch());
    const silentMs = this.#session.checkSilence();
    if (!this.#run) return;
    const { pauseAfterMs, endAfterMs } = this.#run.limits;
    if (silentMs >= endAfterMs + DELIVERY_MS) this.#startAnew();
    else if (silentMs >= endAfterMs) this.#endUnheard();
    else if (pauseAfterMs !== null && silentMs >= pauseAfterMs) this.#run.pause();
  }

  /** The users end; what they did is still delivered. */
  #endUnheard(): void {
    if (this.#endedUnheard) return;
    this.#endedUnheard = true;
    this.#session.noteEnd();
    this.#start(0);
    void this.#run?.stop();
  }

  #startAnew(): void {
    this.#endedUnheard = false;
    this.#life++;
    void this.#endRun();
    this.#session.startAnew();
  }

  /** A script that it has had before comes from its own memory. */
  #take({ hash }: OfferMessage): void {
    const script = this.#scripts.get(hash);
    if (script) void this.#load(() => script);
    else this.#send({ type: 'bundleRequest', hash });
  }

  #addBundle(message: BundleMessage): void {
    void this.#load(() => this.#bundle.add(message));
  }

  async #load(read: () => ScriptCode | undefined): Promise<void> {
    const send = this.#createSend();
    try {
      const script = read();
      if (!script) return;
      const { exports, feeders } = await collectFeeders(() => loadScript(script, this.#options.apiUrl));
      this.#script = readWorkerScript(exports, feeders);
      this.#scripts.add(script);
      send({ type: 'scriptReady', hash: script.hash });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      send({ type: 'scriptFailed', message: text.slice(0, TEXT_LIMITS.scriptError) });
    }
  }

  #reportStatus(): void {
    const state = this.#run?.state ?? 'ready';
    const users = this.#run?.users ?? 0;
    const { received } = this.#session;
    this.#options.onUsers?.(users);
    this.#send({ type: 'status', state, users, received, ...this.#monitor.read() });
    this.#sendLogs();
    this.#cancelStatus = this.#options.clock.schedule(HEARTBEAT_MS, () => this.#reportStatus());
  }

  #sendLogs(): void {
    // They are held back as a flood of them is: what was measured comes first.
    if (this.#session.isCongested) return;
    const lines = this.#options.logs.take();
    if (lines.length > 0) this.#send({ type: 'log', lines });
  }

  async #leave(error: unknown): Promise<void> {
    if (this.#left) return;
    this.#left = true;
    this.#cancelWatch();
    this.#pauseStatus();
    // Not to a stranger.
    if (this.#session.isOnline) this.#sendLogs();
    this.#session.close(error instanceof Error ? error.message : 'goodbye');
    await this.#endRun();
    this.#finish(error);
  }

  async #endRun(): Promise<void> {
    const [preparation, run] = [this.#preparation, this.#run];
    this.#preparation = undefined;
    this.#run = undefined;
    await preparation?.hooks.stop();
    await run?.abort();
  }
}
