import type { ArrivalReport, RunReport } from '@loadts/core';
import { printable, wrap } from './printable-text.ts';
import type { ReportStyle } from './style.ts';

/** What became of an open scenario's arrivals; no line for other runs. */
export function formatArrivals({ arrivals }: RunReport, style: ReportStyle): string[] {
  return arrivals ? wrap(printable(describe(arrivals)), style.width) : [];
}

function describe({ asked, started, dropped, left, lost, queuedMost }: ArrivalReport): string {
  const counts = [
    `${show(asked)} asked`,
    `${show(started)} started`,
    ...(dropped > 0 ? [`${show(dropped)} dropped`] : []),
    ...(left > 0 ? [`${show(left)} still waiting at the end`] : []),
    ...(lost > 0 ? [`${show(lost)} lost`] : []),
  ].join(', ');
  return `Arrivals: ${counts}${queuedMost > 0 ? `; up to ${show(queuedMost)} waited for a user` : ''}`;
}

function show(count: number): string {
  return count.toLocaleString('en-US');
}
