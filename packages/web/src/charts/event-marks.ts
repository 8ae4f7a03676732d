import type { EventMark, Stage } from './time-marks.ts';

interface HappenedEvent {
  readonly second: number;
  readonly kind: string;
  readonly text: string;
}

interface BegunStage {
  readonly fromSecond: number;
  readonly name: string;
}

const BAD: ReadonlySet<string> = new Set(['threshold', 'workerMissing', 'workerLost']);

/** An event of a run as a mark in its charts. */
export function toMark({ second, kind, text }: HappenedEvent): EventMark {
  return { second, text, isBad: BAD.has(kind) };
}

/** Each stage lasts until the next one begins. */
export function createStages(begun: readonly BegunStage[], endSecond: number): Stage[] {
  return begun.map(({ name, fromSecond }, i) => ({
    name,
    fromSecond,
    toSecond: begun[i + 1]?.fromSecond ?? endSecond,
  }));
}
