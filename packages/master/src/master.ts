import { type Clock, LoadtsError, type RunReport } from '@loadts/core';
import {
  type BundleMessage,
  type Connection,
  differsInMinor,
  HEARTBEAT_MS,
  type Listener,
  type ListenOptions,
  type LogLine,
  listen,
  PACKAGE_VERSION,
  type Resume,
} from '@loadts/protocol';
import type { RunControl } from './run/run-control.ts';
import { RunController, type RunControllerOptions } from './run/run-controller.ts';
import { type ScriptBundle, splitBundle } from './worker/split-bundle.ts';
import { StartGate } from './worker/start-gate.ts';
import { WorkerLink, type WorkMessage } from './worker/worker-link.ts';

export interface MasterOptions {
  readonly clock: Clock;
  readonly token: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The certificate and its key in PEM; undefined: no TLS. */
  readonly tls?: ListenOptions['tls'];
  /** The script that every worker gets. */
  readonly bundle: ScriptBundle;
  readonly onWorkerLog: (workerId: number, line: LogLine) => void;
  readonly onWorkerLost: (workerId: number, reason: string) => void;
  /** Told why something that connected may not take part. */
  readonly onRefused?: (reason: string) => void;
  /** Told when a worker is ready for a run, or is not any more. */
  readonly onReadyChange?: () => void;
}

/** Accepts workers, gives them the script and runs loads on them. */
export class Master {
  readonly #options: MasterOptions;
  readonly #bundle: readonly BundleMessage[];
  /** All open connections, those that have not proved themselves included. */
  readonly #links = new Set<WorkerLink>();
  /** They were silent for too long, and may come back while the run goes on. */
  readonly #missing = new Set<WorkerLink>();
  readonly #gate = new StartGate();
  #listener: Listener | undefined;
  #joined = 0;
  #run: RunController | undefined;
  #closing = false;
  #cancelBeat: () => void = () => {};

  /** @throws LoadtsError `SCRIPT_LOAD_FAILED` where the script is too large to be sent. */
  constructor(options: MasterOptions) {
    this.#options = options;
    this.#bundle = splitBundle(options.bundle);
  }

  /** @returns the port. @throws LoadtsError `PORT_IN_USE`. */
  async listen(): Promise<number> {
    const { host, port, tls } = this.#options;
    this.#listener = await listen({ host, port, tls, accept: (connection) => this.accept(connection) });
    this.#beat();
    return this.#listener.port;
  }

  /** Takes a connection on which a worker will greet. */
  accept(connection: Connection): void {
    const link = new WorkerLink(connection, this.#options.token, {
      assignId: () => ++this.#joined,
      joined: (joined) => this.#welcome(joined),
      refused: (reason) => this.#options.onRefused?.(reason),
      message: (from, message) => this.#receive(from, message),
      resume: (temporary, resume) => this.#findWorker(temporary, resume),
      detached: (cutOff, reason) => this.#noteBreak(cutOff, reason),
      returned: (returned) => this.#takeBack(returned),
      departed: (gone, reason) => this.#forget(gone, reason),
      closed: (closed, reason) => this.#lose(closed, reason),
    });
    this.#links.add(link);
  }

  /** Resolves once so many workers have loaded the script; rejects with the signal's reason or a worker's problem. */
  waitForWorkers(expected: number, signal: AbortSignal, onProgress?: (ready: number) => void): Promise<void> {
    return this.#gate.wait(expected, signal, onProgress);
  }

  /** Runs a load on the workers that are ready. @throws LoadtsError `WORKERS_MISSING` where there is none. */
  async run(options: Omit<RunControllerOptions, 'clock' | 'workers'>): Promise<RunReport> {
    const workers = this.#gate.ready;
    if (workers.length === 0) {
      await options.afterDrain();
      throw new LoadtsError('WORKERS_MISSING', 'no worker is ready for the run');
    }
    this.#run = new RunController({ ...options, clock: this.#options.clock, workers });
    try {
      return await this.#run.run();
    } finally {
      this.#run = undefined;
      this.#missing.clear();
    }
  }

  /** How many workers are ready for a run, or in one. */
  get ready(): number {
    return this.#gate.ready.length;
  }

  /** The run that goes on, to be steered; undefined where there is none. */
  get control(): RunControl | undefined {
    return this.#run?.control;
  }

  /** Ends the current load; users finish what they are at. */
  stop(): void {
    this.#run?.stop();
  }

  /** Sends the workers away in the middle of their work: nobody wants its result any more. */
  dismiss(): void {
    for (const link of this.#links) {
      if (link.hasJoined) link.send({ type: 'goodbye' });
      link.lose('the master sent it away');
    }
  }

  /** Lets the workers leave and stops listening. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#cancelBeat();
    for (const link of this.#links) {
      if (link.hasJoined) link.send({ type: 'goodbye' });
    }
    await this.#listener?.close();
  }

  #welcome(link: WorkerLink): void {
    const { loadts } = link.facts;
    if (differsInMinor(loadts, PACKAGE_VERSION)) {
      const text = `runs loadts ${loadts}, its master ${PACKAGE_VERSION}: install the same version on both`;
      this.#options.onWorkerLog(link.id, { level: 'warn', text });
    }
    const { code, hash } = this.#options.bundle;
    link.send({ type: 'offer', hash, size: Buffer.byteLength(code) });
  }

  #sendBundle(link: WorkerLink): void {
    for (const part of this.#bundle) link.send(part);
  }

  #receive(link: WorkerLink, message: WorkMessage): void {
    switch (message.type) {
      case 'bundleRequest':
        return this.#sendBundle(link);
      case 'scriptReady':
        return this.#admit(link, message.hash);
      case 'scriptFailed':
        return this.#gate.fail(link, createScriptError(link, message.message));
      case 'log':
        for (const line of message.lines) this.#options.onWorkerLog(link.id, line);
        return;
      case 'leaving':
        this.#gate.remove(link);
        this.#options.onReadyChange?.();
        if (this.#run) return this.#run.receive(link, message);
        return link.send({ type: 'goodbye' });
      default:
        this.#run?.receive(link, message);
    }
  }

  #admit(link: WorkerLink, hash: string): void {
    if (hash !== this.#options.bundle.hash) {
      throw new LoadtsError('MESSAGE_INVALID', 'the worker loaded another script than it was sent');
    }
    this.#gate.admit(link);
    this.#options.onReadyChange?.();
    this.#run?.join(link);
  }

  #findWorker(temporary: WorkerLink, resume: Resume): WorkerLink | undefined {
    const known = [...this.#links, ...this.#missing].find((link) => link.matches(resume));
    if (known && resume.anew) this.#missing.delete(known);
    else if (known) this.#links.delete(temporary);
    return known;
  }

  #noteBreak(link: WorkerLink, reason: string): void {
    if (this.#closing) return;
    this.#options.onWorkerLog(link.id, { level: 'warn', text: `lost its connection: ${reason}` });
  }

  #takeBack(link: WorkerLink): void {
    this.#links.add(link);
    this.#options.onWorkerLog(link.id, { level: 'info', text: 'is back and delivers what it has' });
    this.#run?.restore(link);
  }

  /** One that was missing, had come back and is gone: to join anew, or for good. */
  #forget(link: WorkerLink, reason: string): void {
    this.#links.delete(link);
    this.#run?.lose(link, reason);
  }

  #lose(link: WorkerLink, reason: string): void {
    this.#links.delete(link);
    this.#gate.remove(link);
    this.#options.onReadyChange?.();
    if (link.isMissing) this.#missing.add(link);
    if (this.#closing || !link.hasJoined) return;
    if (link.isLeaving) this.#options.onWorkerLog(link.id, { level: 'info', text: 'has left' });
    else this.#options.onWorkerLost(link.id, reason);
    this.#run?.lose(link, reason);
  }

  #beat(): void {
    for (const link of this.#links) link.beat();
    this.#cancelBeat = this.#options.clock.schedule(HEARTBEAT_MS, () => this.#beat());
  }
}

function createScriptError(link: WorkerLink, problem: string): LoadtsError {
  return new LoadtsError('SCRIPT_LOAD_FAILED', `worker ${link.id} could not load the script: ${problem}`);
}
