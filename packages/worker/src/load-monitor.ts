import { PerformanceObserver, performance } from 'node:perf_hooks';
import { type Clock } from '@loadts/core';
import type { ProcessLoad } from '@loadts/protocol';
import { LagGrid } from './lag-grid.ts';

/** How busy this process is: the generator must not be what limits the load. */
export class LoadMonitor {
  readonly #clock: Clock;
  readonly #grid: LagGrid;
  readonly #collections: PerformanceObserver;
  #collectingMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #utilization = performance.eventLoopUtilization();
  #cpu = process.cpuUsage();
  #readUs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#readUs = clock.nowUs();
    this.#grid = new LagGrid(this.#readUs);
    this.#collections = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) this.#collectingMs += duration;
    });
  }

  start(): void {
    this.#collections.observe({ entryTypes: ['gc'] });
    this.#sleep();
  }

  stop(): void {
    this.#collections.disconnect();
    clearTimeout(this.#timer);
  }

  /** Since the last call. */
  read(): ProcessLoad {
    const nowUs = this.#clock.nowUs();
    const elapsedUs = Math.max(1, nowUs - this.#readUs);
    this.#readUs = nowUs;
    const loop = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(loop, this.#utilization);
    this.#utilization = loop;
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#cpu = process.cpuUsage();
    const collectingUs = Math.round(this.#collectingMs * 1_000);
    this.#collectingMs = 0;
    return {
      loopDelayUs: this.#grid.takeP99Us(),
      utilization: Math.min(1, Math.max(0, utilization)),
      cpu: (user + system) / elapsedUs,
      collectingUs,
      memoryBytes: process.memoryUsage.rss(),
    };
  }

  /** With a timer of its own, since a real event loop is what it measures. */
  #sleep(): void {
    this.#timer = setTimeout(() => {
      this.#grid.wake(this.#clock.nowUs());
      this.#sleep();
    }, this.#grid.restMs(this.#clock.nowUs()));
    this.#timer.unref();
  }
}
