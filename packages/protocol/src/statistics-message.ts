/** A name that this connection will use from now on: entries travel as numbers. */
export interface InternedEntry {
  readonly id: number;
  /** The index of the scenario. */
  readonly scenario: number;
  readonly method: string;
  readonly name: string;
}

export interface FailureRecord {
  readonly entryId: number;
  readonly reason: string;
  readonly count: number;
}

export interface ExceptionRecord {
  readonly userClass: string;
  readonly task: string;
  readonly message: string;
  readonly stack: string;
  readonly count: number;
}

/** What became of the starts of an open scenario that a worker had in one interval. */
export interface ArrivalRecord {
  /** Its index. */
  readonly scenario: number;
  /** All of its own starts before this index are told of, in this snapshot or before. */
  readonly next: number;
  /** Own starts that were due. */
  readonly asked: number;
  readonly started: number;
  /** No user was free. */
  readonly dropped: number;
  /** Without a user when the load ended. */
  readonly left: number;
  /** The most that waited for a user at once. */
  readonly queuedMost: number;
}

/** What one worker measured in its seconds `firstInterval` to `lastInterval`: a delta, sent once and kept until acknowledged. */
export interface SnapshotMessage {
  readonly type: 'snapshot';
  /** Counts from 1 without gaps. */
  readonly sequence: number;
  readonly firstInterval: number;
  readonly lastInterval: number;
  /** Users that the worker had at the end of its last second. */
  readonly users: number;
  readonly newEntries: readonly InternedEntry[];
  /** See `encodeStatistics`. */
  readonly statistics: Uint8Array;
  readonly crc32: number;
  readonly failures: readonly FailureRecord[];
  readonly exceptions: readonly ExceptionRecord[];
  /** One for each open scenario in which the worker has a part. */
  readonly arrivals: readonly ArrivalRecord[];
}

/** An entry's totals over the whole run on one worker: what the snapshots must add up to. */
export interface EntryTotals {
  readonly entryId: number;
  readonly started: number;
  readonly ended: number;
  readonly measured: number;
  readonly sumUs: number;
  /** Of both histograms; see `sparseChecksum`. */
  readonly checksum: number;
}

/** The last word of a worker on a run, after its last snapshot. */
export interface FinalMessage {
  readonly type: 'final';
  readonly sequence: number;
  /** When its last user had ended, in microseconds since time zero. */
  readonly endedUs: number;
  /** Requests under way times how long, in microseconds: the integral of their number, not the sum of what each took. */
  readonly inFlightUs: number;
  readonly totals: readonly EntryTotals[];
}
