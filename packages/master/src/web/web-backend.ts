import type { RunResult } from '@loadts/core';
import type { HistoryView, LogView, SecondView, StartRequest, StateView } from '@loadts/protocol';
import type { LiveState } from '../report/live-view.ts';
import type { RunControl } from '../run/run-control.ts';

/** A run whose files can be downloaded; one that goes on has them as they are by now. */
export interface RunDownload {
  readonly id: string;
  /** Takes up to a second for a long run. */
  result(): RunResult;
  /** The path of its run file, where there is one. */
  readonly runFile: string | undefined;
}

/** What the web server serves: a session of runs, one after the other. */
export interface WebBackend {
  readonly state: StateView;
  readonly history: HistoryView;
  /** The newest log lines, oldest first. */
  readonly log: readonly LogView[];
  /** The run that goes on or has ended last, for one who has seen all up to that second; -1: nothing. */
  secondAfter(second: number): SecondView | undefined;
  /** The same run, for metrics. */
  readonly live: LiveState | undefined;
  /** Begins a run; it goes on when this returns. @throws LoadtsError with all that is wrong with the request */
  start(request: StartRequest): void;
  /** Ends the run: in order, or now. @throws LoadtsError `CONTROL_REFUSED` */
  stop(isForced: boolean): void;
  /** @throws LoadtsError `CONTROL_REFUSED` where there is no run */
  readonly control: RunControl;
  findRun(id: string): RunDownload | undefined;
}
