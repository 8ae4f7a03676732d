/** What one worker's generator itself added in about one second. */
export interface HealthSecond {
  readonly workerId: number;
  /** 99th percentile of how late the worker's event loop served what was due. */
  readonly loopDelayUs: number;
  /** 99th percentile of the time from a call to the sending of its request. */
  readonly sendDelayUs: number;
  /** The median of the worker's requests; 0 where there were none. */
  readonly medianUs: number;
}

interface Record {
  seconds: number;
  late: number;
  worstUs: number;
}

const LEAST_LIMIT_US = 5_000;
const SHARE_OF_MEDIAN = 0.2;
/** Fewer late seconds than either of these are a hiccup. */
const LEAST_LATE_SECONDS = 3;
const LATE_SHARE = 0.1;

/** Whether the load generator was the limit: its own delay must stay small beside what it measures. */
export class GeneratorHealth {
  readonly #workers = new Map<number, Record>();

  note({ workerId, loopDelayUs, sendDelayUs, medianUs }: HealthSecond): void {
    const record = this.#workers.get(workerId) ?? { seconds: 0, late: 0, worstUs: 0 };
    const delayUs = Math.max(loopDelayUs, sendDelayUs);
    record.seconds++;
    if (delayUs > Math.max(LEAST_LIMIT_US, SHARE_OF_MEDIAN * medianUs)) record.late++;
    record.worstUs = Math.max(record.worstUs, delayUs);
    this.#workers.set(workerId, record);
  }

  /** One sentence for each worker that makes the measured times doubtful. */
  get overloads(): string[] {
    return [...this.#workers]
      .filter(([, { seconds, late }]) => late >= Math.max(LEAST_LATE_SECONDS, LATE_SHARE * seconds))
      .map(([workerId, { seconds, late, worstUs }]) => {
        const worstMs = Math.round(worstUs / 1_000);
        return `worker ${workerId} was the limit in ${late} of ${seconds} seconds: it delayed its own requests, by up to ${worstMs} ms`;
      });
  }
}
