const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/** How long to wait before the n-th attempt, in milliseconds. @param random 0 to 1: many pages shall not come at once */
export function reconnectDelay(attempt: number, random: number): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(most * (0.5 + random / 2));
}
