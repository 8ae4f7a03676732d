import type { RunObserver } from './run-observer.ts';

/** Tells two observers the same, one after the other. */
export function observeBoth(first: RunObserver, second: RunObserver): RunObserver {
  const both = (tell: (observer: RunObserver) => void): void => {
    tell(first);
    tell(second);
  };
  return {
    start: (startedMs, workers) => both((observer) => observer.start(startedMs, workers)),
    addWorker: (worker) => both((observer) => observer.addWorker(worker)),
    addSecond: (delta) => both((observer) => observer.addSecond(delta)),
    noteThresholds: (results) => both((observer) => observer.noteThresholds(results)),
    addHealth: (health) => both((observer) => observer.addHealth(health)),
    addEvent: (event) => both((observer) => observer.addEvent(event)),
  };
}
