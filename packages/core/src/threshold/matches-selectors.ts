import type { Selector } from './threshold.ts';

/** What is known of a sample, of an entry, or of an arrival. */
export interface SampleKey {
  readonly method?: string | undefined;
  readonly name?: string | undefined;
  readonly scenario?: string | undefined;
  /** The name of the user class. */
  readonly class?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** Whether all selectors match. The stage is not looked at: it belongs to the second, not to the sample. */
export function matchesSelectors(selectors: readonly Selector[], key: SampleKey): boolean {
  return selectors.every(({ field, value }) => {
    if (field === 'stage') return true;
    if (field === 'tag') return key.tags?.includes(value) ?? false;
    // Methods are upper case on the wire, not on a keyboard.
    return field === 'method' ? key.method?.toUpperCase() === value.toUpperCase() : key[field] === value;
  });
}

/** Whether entries are too coarse for these, so that workers have to add up the matching samples by themselves. */
export function needAggregate(selectors: readonly Pick<Selector, 'field'>[]): boolean {
  return selectors.some(({ field }) => field === 'tag' || field === 'class');
}
