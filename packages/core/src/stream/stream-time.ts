import type { EntryKey } from '../stats/entry-key.ts';

/**
 * What is measured of a stream beside its request: the time to the first event (`ttfe`), the gaps between events, and
 * the mean time per event after the first (`tpot`, one for each stream).
 */
export const STREAM_TIMES = ['ttfe', 'gap', 'tpot'] as const;

export type StreamTime = (typeof STREAM_TIMES)[number];

/** What serves language models calls the first event a token: `ttft` is `ttfe`. */
export function readTimeName(name: string): string {
  return name.replace(/^ttft\b/, 'ttfe');
}

/** No method of a script has it. */
const MARK = '\u0000';

/** The key under which workers send a stream's times: no entry of the report. */
export function streamTimeKey(time: StreamTime, key: EntryKey): EntryKey {
  return { ...key, method: `${MARK}${time}${MARK}${key.method}` };
}

/** Whose times these are; undefined for any other key. */
export function readStreamTimeKey(key: EntryKey): { time: StreamTime; key: EntryKey } | undefined {
  if (!key.method.startsWith(MARK)) return undefined;
  const [, word, method = ''] = key.method.split(MARK);
  const time = STREAM_TIMES.find((known) => known === word);
  return time && { time, key: { ...key, method } };
}
