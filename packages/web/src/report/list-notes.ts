import type { ReportData } from '@loadts/core';
import { formatCount, formatMs } from '../format/format-number.ts';

/** Above this the generator's own delay changes conclusions. */
const DELAY_WORTH_A_NOTE_MS = 5;

type NotedRun = Pick<
  ReportData,
  'aborted' | 'retried' | 'generatorDelayP99Ms' | 'stopReason' | 'skippedSeconds'
>;

/** What a reader has to know beside the numbers, one sentence each. */
export function listNotes(run: NotedRun): string[] {
  const { aborted, retried, generatorDelayP99Ms, stopReason, skippedSeconds } = run;
  const notes: string[] = [];
  if (stopReason !== undefined) notes.push(stopReason);
  if (skippedSeconds > 0) {
    notes.push(`The first ${skippedSeconds} s, the warm-up, are in the charts but in no other number.`);
  }
  if (aborted > 0) {
    notes.push(`${requests(aborted)} cut off when the stop timeout had passed, and in no other number.`);
  }
  if (retried > 0) {
    notes.push(
      `${requests(retried)} sent a second time, since an idle connection had been closed meanwhile.`,
    );
  }
  if (generatorDelayP99Ms > DELAY_WORTH_A_NOTE_MS) {
    notes.push(
      `1 of 100 requests left the load generator ${formatMs(generatorDelayP99Ms)} or more after the script asked ` +
        'for it: the generator was busy, and these times may be too long.',
    );
  }
  return notes;
}

function requests(count: number): string {
  return count === 1 ? '1 request was' : `${formatCount(count)} requests were`;
}
