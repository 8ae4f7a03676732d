import { type IntervalHistogram as LoopDelay, monitorEventLoopDelay, performance } from 'node:perf_hooks';

export interface ProcessLoad {
  readonly loopDelayUs: number;
  readonly utilization: number;
}

const RESOLUTION_MS = 10;

/** How busy this process is: the generator must not be what limits the load. */
export class LoadMonitor {
  readonly #delay: LoopDelay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #utilization = performance.eventLoopUtilization();

  start(): void {
    this.#delay.enable();
  }

  stop(): void {
    this.#delay.disable();
  }

  /** Since the last call. */
  read(): ProcessLoad {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.#utilization);
    this.#utilization = now;
    // The monitor counts its own sampling interval as delay.
    const delayUs = this.#delay.count > 0 ? this.#delay.percentile(99) / 1_000 - RESOLUTION_MS * 1_000 : 0;
    this.#delay.reset();
    return {
      loopDelayUs: Math.max(0, Math.round(delayUs)),
      utilization: Math.min(1, Math.max(0, utilization)),
    };
  }
}
