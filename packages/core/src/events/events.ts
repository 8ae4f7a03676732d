import type { RunReport } from '../run/run-report.ts';
import type { Outcome } from '../stats/outcome.ts';
import type { HttpResponse } from '../user/http-client.ts';

/** A request that has ended and was counted. */
export interface RequestEvent {
  readonly method: string;
  /** The entry that it is counted under. */
  readonly name: string;
  /** Undefined for measured work that names none. */
  readonly url: string | undefined;
  readonly outcome: Outcome;
  /** 0 where no HTTP response came. */
  readonly status: number;
  /** Why it failed; undefined unless it did. */
  readonly reason: string | undefined;
  /** What made it fail: a transport error, or what measured work threw. */
  readonly error: unknown;
  /** In an open run from the moment at which the schedule wanted it, for the first of an iteration. */
  readonly durationMs: number;
  /** From sending to the end: in open runs, where it was sent. */
  readonly serviceMs?: number | undefined;
  /** From sending to the first byte of the answer, where there was one. */
  readonly ttfbMs?: number | undefined;
  /** When the events of `client.stream` came, where they did. */
  readonly stream?: StreamTimes | undefined;
  readonly bytesReceived: number;
  /** When it began, in milliseconds since the run's start. */
  readonly startedAtMs: number;
  /** Undefined for measured work. */
  readonly response: HttpResponse | undefined;
  readonly userClass: string;
  readonly ordinal: number;
  /** Of the task that made it, and of the task sets around that. */
  readonly tags: readonly string[];
}

/** What the events of one stream measured, in milliseconds. */
export interface StreamTimes {
  readonly firstEventMs: number;
  /** Between one event and the next, the first 10,000 of them. */
  readonly gapsMs: readonly number[];
  /** The mean time per event after the first; undefined where there was one only. */
  readonly perEventMs: number | undefined;
}

/** An exception that escaped a user's code and was counted. */
export interface UserErrorEvent {
  readonly userClass: string;
  readonly ordinal: number;
  /** The task, or `onStart`, `onStop`, `waitTime` or `constructor`. */
  readonly task: string;
  readonly error: unknown;
}

/** The cluster has as many users as were wanted. */
export interface SpawningCompleteEvent {
  /** Over all workers. */
  readonly users: number;
}

/** The run begins to stop on this worker. */
export interface RunStoppingEvent {
  /** Users of this worker that still run. */
  readonly users: number;
}

export type Listener<Event> = (event: Event) => unknown;

/** One function, or a list of functions and of such lists: `[library.events.request, own]`. */
export type Listeners<Event> = Listener<Event> | readonly (Listeners<Event> | undefined)[];

/** What a script's export `events` may hold. The first four are called on the workers, `report` on the master. */
export interface Events {
  /** For each request that has ended, before its caller goes on. A promise is not waited for. */
  readonly request?: Listeners<RequestEvent> | undefined;
  /** For each exception that escaped a user's code. */
  readonly userError?: Listeners<UserErrorEvent> | undefined;
  /** On every worker, after every ramp of the whole cluster. */
  readonly spawningComplete?: Listeners<SpawningCompleteEvent> | undefined;
  /** Once on every worker, before its users are told to end. */
  readonly runStopping?: Listeners<RunStoppingEvent> | undefined;
  /** Once, with the verdict. Waited for, at most 60 s. */
  readonly report?: Listeners<RunReport> | undefined;
}

export const EVENT_NAMES: readonly (keyof Events)[] = [
  'request',
  'userError',
  'spawningComplete',
  'runStopping',
  'report',
];
