/** The only source of time: one monotonic clock per process. */
export interface Clock {
  /** Integer microseconds since an arbitrary origin; never goes back. */
  nowUs(): number;
  /** Calls `wake` once, no earlier than `delayMs` from now. The returned function cancels it. */
  schedule(delayMs: number, wake: () => void): () => void;
}
