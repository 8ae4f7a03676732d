import { LoadtsError } from '@loadts/core';
import {
  type EventStream,
  LiveRun,
  type LiveState,
  type RunControl,
  type RunDownload,
  type WebBackend,
} from '@loadts/master';
import {
  type FormView,
  type HistoryView,
  type LogView,
  PACKAGE_VERSION,
  type RestError,
  type RunPhase,
  type SecondView,
  type StartRequest,
  type StateView,
} from '@loadts/protocol';
import { checkTarget } from '../commands/check-target.ts';
import { CommandRun, type FinishedRun } from '../commands/command-run.ts';
import type { PreparedRun } from '../commands/prepare-run.ts';
import type { RunHost } from '../commands/run-host.ts';
import { describeForm, viewClasses } from './describe-form.ts';
import { describeLoad } from './describe-load.ts';
import { formLayer } from './form-layer.ts';
import type { LogTail } from './log-tail.ts';
import { PastRuns } from './past-runs.ts';

export interface WebSessionOptions {
  readonly host: RunHost;
  readonly prepared: PreparedRun;
  readonly events: EventStream;
  readonly log: LogTail;
  /** A run was told to start; what it comes to. */
  readonly onRun: (run: Promise<FinishedRun>) => void;
}

interface CurrentRun {
  readonly command: CommandRun;
  readonly live: LiveRun;
}

const NO_HISTORY: HistoryView = { runId: null, spanSeconds: 1, points: [], events: [], stages: [] };

/** Runs that people start, watch and steer, one after the other, on the same workers. */
export class WebSession implements WebBackend {
  readonly #options: WebSessionOptions;
  readonly #form: FormView;
  readonly #servingSince: string = new Date().toISOString();
  readonly #past = new PastRuns();
  /** The one that goes on, or has ended last. */
  #current: CurrentRun | undefined;
  #isBusy = false;
  #hasGathered = false;
  #problem: RestError['error'] | null = null;

  constructor(options: WebSessionOptions) {
    this.#options = options;
    this.#form = describeForm(options.prepared);
    options.log.onLine = (line) => options.events.send('log', line);
  }

  get state(): StateView {
    const { host } = this.#options;
    const { control } = host.master;
    const { source, script } = host.options;
    return {
      version: PACKAGE_VERSION,
      servingSince: this.#servingSince,
      script,
      phase: this.#phase,
      isPaused: control?.isPaused ?? false,
      canStart: this.#canStart,
      problem: this.#problem,
      workers: { ready: host.master.ready, expected: source.count },
      load: control ? describeLoad(control) : null,
      form: this.#form,
      run: this.#current?.live.view ?? null,
      runs: this.#past.views,
    };
  }

  get history(): HistoryView {
    return this.#current?.live.history ?? NO_HISTORY;
  }

  get log(): readonly LogView[] {
    return this.#options.log.lines;
  }

  get live(): LiveState | undefined {
    return this.#current?.live.live;
  }

  /** Whether the load of a run goes on, so that it can be stopped in order. */
  get isLoading(): boolean {
    return this.#isBusy && this.#current?.command.isLoading === true;
  }

  get control(): RunControl {
    const { control } = this.#options.host.master;
    if (control) return control;
    throw new LoadtsError('CONTROL_REFUSED', 'there is no run', { hint: 'start one' });
  }

  secondAfter(second: number): SecondView | undefined {
    return this.#current?.live.secondAfter(second);
  }

  findRun(id: string): RunDownload | undefined {
    const current = this.#current;
    const isNow = this.#isBusy && current?.live.id === id && current.live.view.startedAt !== null;
    if (!isNow) return this.#past.find(id);
    const { command } = current;
    return { id, result: () => command.recorder.resultWith({}), runFile: command.runFile };
  }

  /** The workers are there for the first time. */
  noteGathered(): void {
    this.#hasGathered = true;
    this.tell();
  }

  /** Tells all pages how things are. */
  tell(): void {
    this.#options.events.send('state', this.state);
  }

  start(request: StartRequest): void {
    const { ok, reason } = this.#canStart;
    if (!ok) throw new LoadtsError('CONTROL_REFUSED', `a run cannot start now: ${reason}`);
    const { prepared } = this.#options;
    this.startPrepared(prepared.reconfigure(formLayer(request, prepared.config.scriptArgs)));
  }

  /** @throws LoadtsError with what is missing */
  startPrepared(prepared: PreparedRun): void {
    const { host, events, onRun } = this.#options;
    checkTarget(prepared);
    const command = new CommandRun(host, prepared);
    const { id, thresholdTexts, classes } = command.facts;
    const live = new LiveRun({
      id,
      report: () => command.recorder.reportSoFar(),
      thresholdTexts,
      classes: viewClasses(classes),
      onEvent: (event) => {
        events.send('event', event);
        this.tell();
      },
    });
    this.#current = { command, live };
    this.#isBusy = true;
    this.#problem = null;
    host.startAnew();
    for (const warning of prepared.warnings) host.logger.warn(warning);
    onRun(this.#carryOut(this.#current));
    this.tell();
  }

  stop(isForced: boolean): void {
    const { host } = this.#options;
    if (this.#isBusy && !host.master.control) {
      return host.giveUp(new LoadtsError('WORKERS_MISSING', 'stopped before the load began'));
    }
    const { control } = this;
    if (isForced) control.stopNow();
    else control.stop();
  }

  async #carryOut({ command, live }: CurrentRun): Promise<FinishedRun> {
    try {
      await command.waitForTarget();
      const finished = await command.execute({
        observer: live,
        update: (state) => this.#update(live, state),
      });
      live.finish(finished.report);
      this.#past.add(command, finished.report);
      return finished;
    } catch (error) {
      this.#note(error);
      throw error;
    } finally {
      this.#isBusy = false;
      this.#tellSecond(live);
      this.tell();
    }
  }

  #update(live: LiveRun, state: LiveState): void {
    const before = live.live?.state;
    live.update(state);
    if (before !== state.state) this.tell();
    this.#tellSecond(live);
  }

  #tellSecond(live: LiveRun): void {
    const { events } = this.#options;
    // Nobody pays for what nobody watches.
    const second = events.clients > 0 ? live.nextSecond() : undefined;
    if (second) events.send('second', second);
  }

  #note(error: unknown): void {
    const known = error instanceof LoadtsError ? error : undefined;
    const message = error instanceof Error ? error.message : String(error);
    this.#problem = { code: known?.code ?? 'INTERNAL_ERROR', message, hint: known?.hint ?? null };
    this.#options.host.logger.error(`the run ended with a problem: ${message}`);
  }

  get #phase(): RunPhase {
    if (!this.#isBusy) return this.#current?.live.live ? 'stopped' : 'ready';
    const state = this.#current?.live.live?.state ?? 'ready';
    return state === 'ready' ? 'starting' : state;
  }

  get #canStart(): StateView['canStart'] {
    const { master, options } = this.#options.host;
    const { count, isRefilled } = options.source;
    // Local workers that are gone do not come back: the others do their part.
    const needed = this.#hasGathered && !isRefilled ? 1 : count;
    const refuse = (reason: string): StateView['canStart'] => ({ ok: false, reason });
    if (this.#isBusy) return refuse('a run is going on');
    if (master.ready >= needed) return { ok: true, reason: null };
    return refuse(`${master.ready} of ${needed} ${needed === 1 ? 'worker is' : 'workers are'} ready`);
  }
}
