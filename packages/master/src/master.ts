import { type Clock, LoadtsError, type RunReport } from '@loadts/core';
import {
  type Connection,
  HEARTBEAT_MS,
  type Listener,
  type LogLine,
  listen,
  MISSING_AFTER_MS,
} from '@loadts/protocol';
import { RunController, type RunControllerOptions } from './run/run-controller.ts';
import { type ScriptBundle, sendBundle } from './worker/send-bundle.ts';
import { WorkerLink, type WorkMessage } from './worker/worker-link.ts';

export interface MasterOptions {
  readonly clock: Clock;
  readonly token: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The script that every worker gets. */
  readonly bundle: ScriptBundle;
  readonly onWorkerLog: (workerId: number, line: LogLine) => void;
  readonly onWorkerLost: (workerId: number, reason: string) => void;
}

interface Gate {
  readonly expected: number;
  open(): void;
  fail(error: LoadtsError): void;
}

/** Accepts workers, gives them the script and runs loads on them. */
export class Master {
  readonly #options: MasterOptions;
  readonly #links = new Map<number, WorkerLink>();
  readonly #ready = new Set<WorkerLink>();
  readonly #silentBeats = new Map<WorkerLink, number>();
  #listener: Listener | undefined;
  #joined = 0;
  #gate: Gate | undefined;
  #run: RunController | undefined;
  #closing = false;
  #cancelBeat: () => void = () => {};

  constructor(options: MasterOptions) {
    this.#options = options;
  }

  /** @returns the port. @throws LoadtsError `PORT_IN_USE`. */
  async listen(): Promise<number> {
    const { host, port } = this.#options;
    this.#listener = await listen({ host, port, accept: (connection) => this.#accept(connection) });
    this.#beat();
    return this.#listener.port;
  }

  /** Resolves once so many workers have loaded the script; rejects with the signal's reason or a worker's problem. */
  waitForWorkers(expected: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      this.#gate = { expected, open: resolve, fail: reject };
      this.#checkGate();
    });
  }

  /** Runs a load on the workers that are ready. */
  async run(options: Omit<RunControllerOptions, 'clock' | 'workers'>): Promise<RunReport> {
    const workers = [...this.#ready];
    this.#run = new RunController({ ...options, clock: this.#options.clock, workers });
    const report = await this.#run.run();
    this.#run = undefined;
    return report;
  }

  /** Ends the current load; users finish what they are at. */
  stop(): void {
    this.#run?.stop();
  }

  /** Lets the workers leave and stops listening. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#cancelBeat();
    for (const link of this.#links.values()) link.send({ type: 'goodbye' });
    await this.#listener?.close();
  }

  #accept(connection: Connection): void {
    new WorkerLink(connection, this.#options.token, {
      accepted: (link) => this.#join(link),
      message: (link, message) => this.#receive(link, message),
      closed: (link, reason) => this.#lose(link, reason),
    });
  }

  #join(link: WorkerLink): number {
    this.#joined++;
    this.#links.set(this.#joined, link);
    // The welcome goes out first: it is sent when this returns.
    queueMicrotask(() => sendBundle(link, this.#options.bundle));
    return this.#joined;
  }

  #receive(link: WorkerLink, message: WorkMessage): void {
    switch (message.type) {
      case 'scriptReady':
        this.#ready.add(link);
        return this.#checkGate();
      case 'scriptFailed':
        return this.#gate?.fail(new LoadtsError('SCRIPT_LOAD_FAILED', message.message));
      case 'log':
        for (const line of message.lines) this.#options.onWorkerLog(link.id, line);
        return;
      default:
        this.#run?.receive(link, message);
    }
  }

  #lose(link: WorkerLink, reason: string): void {
    this.#links.delete(link.id);
    this.#ready.delete(link);
    this.#silentBeats.delete(link);
    if (this.#closing) return;
    this.#options.onWorkerLost(link.id, reason);
    this.#run?.lose(link);
  }

  #checkGate(): void {
    if (this.#gate && this.#ready.size >= this.#gate.expected) {
      this.#gate.open();
      this.#gate = undefined;
    }
  }

  /** Both sides show that they are alive. A worker that stays silent for too long is given up. */
  #beat(): void {
    for (const link of this.#links.values()) {
      link.send({ type: 'heartbeat' });
      const silent = link.takeSign() ? 0 : (this.#silentBeats.get(link) ?? 0) + 1;
      this.#silentBeats.set(link, silent);
      if (silent * HEARTBEAT_MS >= MISSING_AFTER_MS) {
        link.lose(`nothing heard for ${MISSING_AFTER_MS / 1_000} s`);
      }
    }
    this.#cancelBeat = this.#options.clock.schedule(HEARTBEAT_MS, () => this.#beat());
  }
}
