import type { ScenarioReport } from '@loadts/core';
import { formatCount, formatRate } from '../format/format-number.ts';

/** `20 users`, or `50/s, up to 100 users` where iterations begin at a rate: the mean of what was asked. */
export function describeLoad({ arrivals, peakUsers, startSecond, endSecond }: ScenarioReport): string {
  if (!arrivals) return peakUsers === undefined ? '–' : users(peakUsers);
  const seconds = endSecond - startSecond;
  const rate = seconds > 0 ? arrivals.asked / seconds : 0;
  return `${formatRate(rate)}/s, up to ${users(arrivals.maxUsers)}`;
}

/** What became of the iterations that a rate asked for. */
export function describeArrivals({ arrivals }: ScenarioReport): string {
  if (!arrivals) return '–';
  const missed = (['dropped', 'left', 'lost'] as const).filter((field) => arrivals[field] > 0);
  return [
    `${formatCount(arrivals.started)} of ${formatCount(arrivals.asked)}`,
    ...missed.map((field) => `${formatCount(arrivals[field])} ${field}`),
  ].join(', ');
}

function users(count: number): string {
  return count === 1 ? '1 user' : `${formatCount(count)} users`;
}
