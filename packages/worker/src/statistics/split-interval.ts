import { EMPTY_HISTOGRAM } from '@loadts/core';
import { encodeStatistics } from '@loadts/protocol';
import type { WaitingInterval } from './waiting-interval.ts';

// With texts of the greatest length, a message of so many stays below the protocol's 4 MiB.
const MAX_NEW_ENTRIES = 200;
const MAX_EXCEPTIONS = 20;

/** One message, or several where a script that makes up ever new names and errors would burst it. */
export function splitInterval(interval: WaitingInterval): WaitingInterval[] {
  const { newEntries, exceptions } = interval;
  const parts = Math.max(
    1,
    Math.ceil(newEntries.length / MAX_NEW_ENTRIES),
    Math.ceil(exceptions.length / MAX_EXCEPTIONS),
  );
  if (parts === 1) return [interval];
  // Users count once. What refers to entries comes last, when all of them have their names.
  const statistics = encodeStatistics({ generatorDelay: EMPTY_HISTOGRAM, entries: [] });
  const rest = { users: 0, statistics, failures: [], arrivals: [] };
  return Array.from({ length: parts }, (_, part) => ({
    ...interval,
    ...(part < parts - 1 ? rest : undefined),
    newEntries: slicePart(newEntries, part, MAX_NEW_ENTRIES),
    exceptions: slicePart(exceptions, part, MAX_EXCEPTIONS),
  }));
}

function slicePart<Item>(items: readonly Item[], part: number, size: number): Item[] {
  return items.slice(part * size, (part + 1) * size);
}
