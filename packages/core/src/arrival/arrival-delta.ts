import type { ArrivalReport } from '../run/run-report.ts';

/** What became of the arrivals of open scenarios, as the workers told in one second. */
export type ArrivalDelta = Pick<ArrivalReport, 'asked' | 'started' | 'dropped' | 'left' | 'queuedMost'>;

/** What several workers told of the same second: each has a queue of its own. */
export function joinArrivals(known: ArrivalDelta | undefined, added: ArrivalDelta): ArrivalDelta {
  return { ...addCounts(known, added), queuedMost: (known?.queuedMost ?? 0) + added.queuedMost };
}

/** What was told of several seconds. */
export function addArrivals(known: ArrivalDelta | undefined, later: ArrivalDelta): ArrivalDelta {
  return { ...addCounts(known, later), queuedMost: Math.max(known?.queuedMost ?? 0, later.queuedMost) };
}

function addCounts(known: ArrivalDelta | undefined, added: ArrivalDelta): Omit<ArrivalDelta, 'queuedMost'> {
  return {
    asked: (known?.asked ?? 0) + added.asked,
    started: (known?.started ?? 0) + added.started,
    dropped: (known?.dropped ?? 0) + added.dropped,
    left: (known?.left ?? 0) + added.left,
  };
}
