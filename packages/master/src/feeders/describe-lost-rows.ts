import type { FeederDefinition } from '@loadts/core';
import type { Lease } from './feeder-ledger.ts';

/** What a lost worker's leases mean for the rows; undefined where they mean nothing. */
export function describeLostRows(
  { file, order, onEnd }: FeederDefinition,
  leases: readonly Lease[],
  rows: number,
): string | undefined {
  if (leases.length === 0 || order === 'random') return undefined;
  const ranges = merge(leases).map(({ from, to }) => describeRange(from, to - 1, rows));
  const what = order === 'shuffled' ? `of the shuffled ${file}` : `of ${file}`;
  const fate = onEnd === 'wrap' ? '' : ', and they are not given out again';
  return `rows ${ranges.join(' and ')} ${what} were leased to it: some of them may not have been used${fate}`;
}

/** Leases that follow each other are one. */
function merge(leases: readonly Lease[]): Lease[] {
  const merged: Lease[] = [];
  for (const { from, to } of leases) {
    const last = merged.at(-1);
    if (last?.to === from) merged[merged.length - 1] = { from: last.from, to };
    else merged.push({ from, to });
  }
  return merged;
}

function describeRange(first: number, last: number, rows: number): string {
  const row = (place: number): number => (place % rows) + 1;
  const pass = (place: number): number => Math.floor(place / rows) + 1;
  if (pass(last) === 1) return `${row(first)} to ${row(last)}`;
  if (pass(first) === pass(last)) return `${row(first)} to ${row(last)} in pass ${pass(last)}`;
  return `${row(first)} in pass ${pass(first)} to ${row(last)} in pass ${pass(last)}`;
}
