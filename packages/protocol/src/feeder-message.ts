export interface FeederHeader {
  /** The names of the values in each row; null where a row is one value. */
  readonly columns: readonly string[] | null;
}

/** What a feeder still has: enough to ask ahead, so little that only rows that users wait for are given out, or nothing. */
export type FeederSupply = 'plenty' | 'scarce' | 'end';

/** Rows of a feeder that this worker alone may use: the answer to `feederRequest`, or the news that none are left. */
export interface FeederRowsMessage {
  readonly type: 'feederRows';
  readonly feeder: number;
  /** A JSON array: of arrays of texts where the feeder has columns, else of anything. */
  readonly rows: string;
  readonly supply: FeederSupply;
}

/** Rows of a feeder are wanted; every request but one after the end gets one answer. */
export interface FeederRequestMessage {
  readonly type: 'feederRequest';
  readonly feeder: number;
  /** Rows that the worker has and has not given to a user. */
  readonly held: number;
  /** Users that wait for a row; 0 asks ahead. */
  readonly wanted: number;
}

/** A feeder has ended and no user is left, after the moves of this plan. */
export interface UsersEndedMessage {
  readonly type: 'usersEnded';
  readonly generation: number;
}

/** What a worker says about feeders. */
export type FeederWorkerMessage = FeederRequestMessage | UsersEndedMessage;
