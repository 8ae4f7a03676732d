import { hostname } from 'node:os';
import { LoadtsError } from '@loadts/core';
import { EventStream, formatMetrics } from '@loadts/master';
import { WebServer } from '@loadts/master/web';
import { REPORT_TEMPLATE, UI_FOLDER } from '@loadts/web';
import type { FinishedRun } from '../commands/command-run.ts';
import { RunHost, type RunHostOptions } from '../commands/run-host.ts';
import { listenToSignals, type StopSignal } from '../commands/run-signals.ts';
import { exitCodeFor, exitCodeForError } from '../exit-codes.ts';
import { describeWebAddress } from './describe-web-address.ts';
import { LogTail } from './log-tail.ts';
import { WebSession } from './web-session.ts';
import { resolveWebToken } from './web-token.ts';

/** Serves the web UI, runs what people start there, and waits for more. @returns the exit code of the last run */
export async function serveRuns(options: RunHostOptions): Promise<number> {
  const log = new LogTail();
  const events = new EventStream();
  const host = new RunHost({
    ...options,
    onLogLine: (line) => log.add(line),
    onWorkersChange: () => session.tell(),
  });
  const serving = new Serving(host);
  const session = new WebSession({
    host,
    prepared: options.prepared,
    events,
    log,
    onRun: (run) => serving.follow(run),
  });
  return await serving.serve(session, events);
}

/** From the first page to Ctrl-C. */
class Serving {
  readonly #host: RunHost;
  #exitCode = exitCodeFor({});
  #isEnding = false;
  #run: Promise<void> | undefined;
  #quitTimer: NodeJS.Timeout | undefined;
  #end: () => void = () => {};
  readonly #ended: Promise<void>;

  constructor(host: RunHost) {
    this.#host = host;
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** @returns the exit code of the last run */
  async serve(session: WebSession, events: EventStream): Promise<number> {
    const { config, warnings } = this.#host.options.prepared;
    for (const warning of warnings) this.#host.logger.warn(warning);
    const ignore = listenToSignals({
      stop: (signal) => this.#stop(signal, session),
      abort: (signal) => this.#host.abort(signal),
    });
    let server: WebServer | undefined;
    try {
      await this.#host.openFeeders();
      server = await this.#openServer(session, events);
      await this.#host.gatherWorkers();
      session.noteGathered();
      if (config.autostart && !this.#isEnding) session.startPrepared(this.#host.options.prepared);
      await this.#ended;
      await this.#run;
      return this.#host.aborted ? exitCodeFor({ signal: this.#host.aborted }) : this.#exitCode;
    } catch (error) {
      if (this.#isEnding && !this.#host.aborted) return this.#exitCode;
      if (this.#host.aborted) return exitCodeFor({ signal: this.#host.aborted });
      throw error;
    } finally {
      clearTimeout(this.#quitTimer);
      await server?.close();
      await this.#host.close();
      ignore();
    }
  }

  /** Waits for a run that was started. */
  follow(run: Promise<FinishedRun>): void {
    clearTimeout(this.#quitTimer);
    this.#run = run.then(
      ({ exitCode }) => this.#finish(exitCode),
      // Who ends it all is not told that the run did not begin.
      (error: unknown) => this.#finish(this.#isEnding ? this.#exitCode : exitCodeForError(error)),
    );
  }

  #finish(exitCode: number): void {
    const { autoquitMs } = this.#host.options.prepared.config;
    this.#exitCode = exitCode;
    if (this.#isEnding) return this.#end();
    if (autoquitMs === undefined) return;
    this.#quitTimer = setTimeout(() => {
      this.#isEnding = true;
      this.#end();
    }, autoquitMs);
  }

  #stop(signal: StopSignal, session: WebSession): void {
    this.#isEnding = true;
    if (session.isLoading) {
      this.#host.logger.info(`${signal}: stopping; once more to abort`);
      return this.#host.master.stop();
    }
    // Nothing runs that would have to be stopped in order.
    this.#host.giveUp(new LoadtsError('WORKERS_MISSING', `ended by ${signal}`));
    this.#end();
  }

  async #openServer(session: WebSession, events: EventStream): Promise<WebServer> {
    const { prepared } = this.#host.options;
    const { webHost, webPort, webAllowedHosts } = prepared.config;
    const token = await resolveWebToken(prepared.config);
    const server = new WebServer({
      host: webHost,
      port: webPort,
      allowedHosts: [...webAllowedHosts, hostname()],
      token: token?.text,
      backend: session,
      events,
      page: UI_FOLDER,
      reportTemplate: REPORT_TEMPLATE,
      formatMetrics,
      onError: (error) => this.#host.logger.error(error, 'the web server failed'),
    });
    const port = await server.listen();
    this.#host.reporter.print(describeWebAddress({ host: webHost, port, token }));
    return server;
  }
}
