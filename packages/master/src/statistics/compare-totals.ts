import type { EntryTotals } from '@loadts/protocol';

const LABELS = {
  started: 'started',
  ended: 'ended',
  measured: 'measured',
  sumUs: 'us in total',
  checksum: 'as checksum',
} as const;
const FIELDS = Object.keys(LABELS) as (keyof typeof LABELS)[];
/** One lost snapshot makes all entries differ: the first few show what happened. */
const MAX_NAMED = 5;

export function createTotals(entryId: number): EntryTotals {
  return { entryId, started: 0, ended: 0, measured: 0, sumUs: 0, checksum: 0 };
}

/**
 * A sentence for each entry whose collected totals are not what the worker counted, or of which requests have
 * no outcome.
 */
export function compareTotals(
  counted: readonly EntryTotals[],
  collected: readonly EntryTotals[],
  nameOf: (entryId: number) => string,
): string[] {
  const countedById = new Map(counted.map((totals) => [totals.entryId, totals]));
  const collectedById = new Map(collected.map((totals) => [totals.entryId, totals]));
  const ids = new Set([...countedById.keys(), ...collectedById.keys()]);
  const sentences = [...ids].flatMap((id) => {
    const problem = compare(
      countedById.get(id) ?? createTotals(id),
      collectedById.get(id) ?? createTotals(id),
    );
    return problem === undefined ? [] : [`${nameOf(id)}: ${problem}`];
  });
  const more = sentences.length - MAX_NAMED;
  if (more <= 0) return sentences;
  return [
    ...sentences.slice(0, MAX_NAMED),
    `${more} more ${more === 1 ? 'entry differs' : 'entries differ'}`,
  ];
}

function compare(counted: EntryTotals, collected: EntryTotals): string | undefined {
  const differing = FIELDS.filter((field) => counted[field] !== collected[field]);
  if (differing.length > 0) {
    const list = (totals: EntryTotals): string =>
      differing.map((field) => `${totals[field]} ${LABELS[field]}`).join(', ');
    return `collected were ${list(collected)}, the worker counted ${list(counted)}`;
  }
  const { started, ended } = collected;
  return started === ended ? undefined : `${started} requests started, ${ended} ended`;
}
