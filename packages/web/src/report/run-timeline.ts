import type { DriftReport, ReportData } from '@loadts/core';
import { toMark } from '../charts/event-marks.ts';
import type { EventMark, Stage } from '../charts/time-marks.ts';

/** What all charts of a run have in common. */
export interface RunTimeline {
  readonly marks: readonly EventMark[];
  readonly stages: readonly Stage[];
  /** The parts of the steady state that the drift compares. */
  readonly bands: readonly Stage[];
}

/** Stages are drawn as stretches, all other events as marks. */
export function createTimeline({ events, durationSeconds, drift }: ReportData): RunTimeline {
  const changes = events.filter(({ kind }) => kind === 'stage');
  return {
    marks: events.filter(({ kind }) => kind !== 'stage').map(toMark),
    stages: changes.flatMap(({ second, values }, i) => {
      // Without a name it is the end of the last one.
      if (values?.['stage'] === undefined) return [];
      const toSecond = changes[i + 1]?.second ?? durationSeconds;
      return [{ name: String(values['stage']), fromSecond: second, toSecond }];
    }),
    bands: drift ? listThirds(drift) : [],
  };
}

/** The seconds that the values of a series stand for, by their beginning. */
export function spanTimes(count: number, spanSeconds: number): number[] {
  return Array.from({ length: count }, (_, index) => index * spanSeconds);
}

/** Counts of spans as rates. */
export function perSecond(counts: readonly number[], spanSeconds: number): readonly number[] {
  return spanSeconds === 1 ? counts : counts.map((count) => count / spanSeconds);
}

/**
 * Spans that a chart shows: not the last one where the run ended early in it, since its rate would look like a fall.
 */
export function shownSpans(count: number, spanSeconds: number, durationSeconds: number): number {
  const covered = durationSeconds / spanSeconds - (count - 1);
  return count > 1 && covered < 0.5 ? count - 1 : count;
}

function listThirds({ fromSecond, seconds }: DriftReport): Stage[] {
  const [third, end] = [Math.floor(seconds / 3), fromSecond + seconds];
  return [
    { name: 'first third', fromSecond, toSecond: fromSecond + third },
    { name: 'last third', fromSecond: end - third, toSecond: end },
  ];
}
