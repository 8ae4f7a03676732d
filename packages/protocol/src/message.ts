import type { Aggregate, HttpEngine, RunState, SpawnRate } from '@loadts/core';
import type { ArrivalsMessage } from './arrivals-message.ts';
import type { FeederHeader, FeederRowsMessage, FeederWorkerMessage } from './feeder-message.ts';
import type {
  LeaseEndMessage,
  LeaseMessage,
  LeaseRequestMessage,
  LeaseReturnMessage,
} from './lease-message.ts';
import type { LogMessage } from './log-message.ts';
import type { PauseMessage } from './pause-message.ts';
import type { RunScenario } from './run-scenario.ts';
import type {
  BundleMessage,
  BundleRequestMessage,
  OfferMessage,
  ScriptFailedMessage,
  ScriptReadyMessage,
} from './script-message.ts';
import type { FinalMessage, SnapshotMessage } from './statistics-message.ts';

/** Answers `hello`: proves that the master knows the token. */
export interface ChallengeMessage {
  readonly type: 'challenge';
  readonly protocol: number;
  readonly version: string;
  readonly nonce: string;
  readonly proof: string;
}

/** Where a worker and its master were when their connection broke. */
export interface Resume {
  readonly workerId: number;
  readonly secret: string;
  /** Numbered messages that the sender had received from the other side: it sends the later ones again. */
  readonly received: number;
  /** Whether the worker's users have ended, or have to end, since it was missing for too long. */
  readonly ended: boolean;
  /** It has nothing to deliver any more and begins anew, under the number that it had. */
  readonly anew: boolean;
}

/** The worker is accepted. Its id and secret bring it back after a lost connection. */
export interface WelcomeMessage {
  readonly type: 'welcome';
  readonly workerId: number;
  readonly resumeSecret: string;
  /** Null: it begins anew. */
  readonly resumed: Pick<Resume, 'received' | 'ended'> | null;
}

/** The worker is not accepted; the connection closes. */
export interface RefusedMessage {
  readonly type: 'refused';
  readonly reason: string;
}

/** A run is about to begin: the worker calls the script's `onRunStart`, then sends `prepared`. */
export interface PrepareMessage {
  readonly type: 'prepare';
  /** The worker's place among those of the run, from 0. */
  readonly workerIndex: number;
  readonly workers: number;
  readonly seed: number;
  /** Overrides the hosts of the script's classes. */
  readonly host: string | null;
  /** Plans, arrivals and entries name them by index. */
  readonly scenarios: readonly RunScenario[];
  /** When the worker stops by itself, in microseconds since time zero. */
  readonly endUs: number | null;
  readonly stopTimeoutMs: number;
  /** After so much silence of the master users begin no further iteration; null: they do. */
  readonly pauseAfterMs: number | null;
  /** After so much silence the users end. */
  readonly endAfterMs: number;
  /** How many names the run tells apart. */
  readonly maxEntries: number;
  readonly insecure: boolean;
  /** Null lets the worker choose. */
  readonly httpEngine: HttpEngine | null;
  /** Whether each request and its response goes into the log. */
  readonly debug: boolean;
  /** The result of the script's `setup()`, as JSON. */
  readonly data: string | null;
  /** The values of the script's own arguments, as a JSON object. */
  readonly args: string;
  /** Whether users may only run the iterations that `lease` messages grant. */
  readonly leased: boolean;
  /** The feeders that the script declares, in this order. */
  readonly feeders: readonly FeederHeader[];
  /** Only tasks with one of these take part; all where there is none. */
  readonly tags: readonly string[];
  /** Whether times to the first byte are wanted of all requests; those of streamed ones always are. */
  readonly ttfb: boolean;
  /** Samples to add up beside the entries. */
  readonly aggregates: readonly Aggregate[];
  /** Tasks with one of these take no part. */
  readonly excludeTags: readonly string[];
}

/** The prepared run begins. Time zero is `elapsedUs` before the moment of sending. */
export interface StartMessage {
  readonly type: 'start';
  readonly elapsedUs: number;
}

/**
 * Who runs where from `startUs` after the scenario's start on: absolute, so that a lost or late one does no harm. Every worker derives the same
 * moves from it with `distributeUsers` and makes those of its own row.
 */
export interface PlanMessage {
  readonly type: 'plan';
  readonly scenario: number;
  readonly generation: number;
  readonly startUs: number;
  readonly spawnRate: SpawnRate;
  /** Users wanted over the whole cluster. */
  readonly users: number;
  /** Indexes of the classes that may have users; null: all. */
  readonly classes: readonly number[] | null;
  /** User counts by worker and class at `startUs`. */
  readonly before: readonly (readonly number[])[];
  /** Which row of `before` is the receiver's. */
  readonly row: number;
  /** The next unused ordinal of each class. */
  readonly ordinals: readonly number[];
}

/** Users finish within the stop timeout, then the worker sends `final`. */
export interface StopMessage {
  readonly type: 'stop';
  /** They are cut off at once instead, also where they are finishing already. */
  readonly now?: true | undefined;
}

/** The run has too many names already: from now on, what these entries stand for counts as `(other)`. */
export interface RefuseEntriesMessage {
  readonly type: 'refuseEntries';
  readonly entryIds: readonly number[];
}

/** The snapshot with this number, or the final message, is safe with the master. */
export interface AcknowledgeMessage {
  readonly type: 'acknowledge';
  readonly sequence: number;
}

export interface HeartbeatMessage {
  readonly type: 'heartbeat';
  /** Numbered messages of the worker that the master has. */
  readonly received: number;
  /** Since the master last heard of the worker, at most: it may be that only this way of the connection works. */
  readonly silentMs: number;
}

export interface PongMessage {
  readonly type: 'pong';
  readonly id: number;
}

/** All is collected and reported: the worker may leave. */
export interface GoodbyeMessage {
  readonly type: 'goodbye';
}

export type MasterMessage =
  | ChallengeMessage
  | WelcomeMessage
  | RefusedMessage
  | OfferMessage
  | BundleMessage
  | PrepareMessage
  | StartMessage
  | PlanMessage
  | ArrivalsMessage
  | PauseMessage
  | StopMessage
  | LeaseMessage
  | FeederRowsMessage
  | RefuseEntriesMessage
  | AcknowledgeMessage
  | HeartbeatMessage
  | PongMessage
  | GoodbyeMessage;

/** The first message of a connection. */
export interface HelloMessage {
  readonly type: 'hello';
  readonly protocol: number;
  readonly version: string;
  readonly nonce: string;
  readonly histogram: { readonly lowestUs: number; readonly highestUs: number; readonly digits: number };
  readonly hostname: string;
  readonly pid: number;
  readonly cores: number;
  /** Whether it comes back where its connection breaks. */
  readonly resumes: boolean;
}

/** Answers `challenge`: proves that the worker knows the token. */
export interface ProofMessage {
  readonly type: 'proof';
  readonly proof: string;
  /** Null: it begins anew. */
  readonly resume: Resume | null;
}

/** Measures the round trip that `StartMessage.elapsedUs` is corrected by. */
export interface PingMessage {
  readonly type: 'ping';
  readonly id: number;
}

/** Answers `prepare`. */
export interface PreparedMessage {
  readonly type: 'prepared';
  /** Why the run cannot start, as a stack; null where it can. */
  readonly problem: string | null;
}

/** How busy a worker's process was since its last status. */
export interface ProcessLoad {
  /** 99th percentile of how late the event loop served what was due. */
  readonly loopDelayUs: number;
  /** Share of the time that the event loop was busy, 0 to 1. */
  readonly utilization: number;
  /** CPU time per elapsed time; above 1 where several threads work. */
  readonly cpu: number;
  /** Time in which garbage was collected. */
  readonly collectingUs: number;
  readonly memoryBytes: number;
}

/** Also the sign of life. */
export interface WorkerStatusMessage extends ProcessLoad {
  readonly type: 'status';
  readonly state: RunState;
  readonly users: number;
  /** Numbered messages of the master that the worker has. */
  readonly received: number;
}

/** A user has thrown `StopRun`: the whole run shall end in order. */
export interface StopRunMessage {
  readonly type: 'stopRun';
  /** Who wants it and why. */
  readonly reason: string;
}

/** The worker was told to leave: its users finish as after a stop, then it waits for the goodbye. */
export interface LeavingMessage {
  readonly type: 'leaving';
}

export type WorkerMessage =
  | HelloMessage
  | ProofMessage
  | PingMessage
  | BundleRequestMessage
  | ScriptReadyMessage
  | ScriptFailedMessage
  | PreparedMessage
  | WorkerStatusMessage
  | SnapshotMessage
  | FinalMessage
  | LeaseRequestMessage
  | LeaseReturnMessage
  | LeaseEndMessage
  | StopRunMessage
  | FeederWorkerMessage
  | LeavingMessage
  | LogMessage;
