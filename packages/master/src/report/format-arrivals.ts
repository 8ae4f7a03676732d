import type { ArrivalReport, RunReport } from '@loadts/core';
import { printable, wrap } from './printable-text.ts';
import type { ReportStyle } from './style.ts';

/** What became of the arrivals of each open scenario; no line for other runs. */
export function formatArrivals({ arrivals, scenarios }: RunReport, style: ReportStyle): string[] {
  const named = scenarios?.map(({ name, arrivals: own }) => ({ title: `Arrivals of ${name}`, told: own }));
  const all = named ?? [{ title: 'Arrivals', told: arrivals }];
  return all.flatMap(({ title, told }) => (told ? wrap(printable(describe(title, told)), style.width) : []));
}

function describe(title: string, report: ArrivalReport): string {
  const { asked, started, dropped, left, lost, queuedMost } = report;
  const counts = [
    `${show(asked)} asked`,
    `${show(started)} started`,
    ...(dropped > 0 ? [`${show(dropped)} dropped`] : []),
    ...(left > 0 ? [`${show(left)} still waiting at the end`] : []),
    ...(lost > 0 ? [`${show(lost)} lost`] : []),
  ].join(', ');
  return `${title}: ${counts}${queuedMost > 0 ? `; up to ${show(queuedMost)} waited for a user` : ''}`;
}

function show(count: number): string {
  return count.toLocaleString('en-US');
}
