/** One measured piece of work while it goes on. */
export interface MeasuredSample {
  /** Counted in the report's average size; 0 unless set. */
  bytesReceived: number;
  /** Counts it as successful, however the work ends. The last call of `success` and `failure` decides. */
  success(): void;
  /** Counts it as failed for this reason, however the work ends. */
  failure(reason: string): void;
}

export interface MeasureOptions {
  /** Where the work goes to, for `request` listeners; in no report. */
  readonly url?: string;
}

/** Measures a piece of work as one request. See `User.measure`. */
export type Measure = <Result>(
  method: string,
  name: string,
  work: (sample: MeasuredSample) => Result | Promise<Result>,
  options?: MeasureOptions,
) => Promise<Result>;
