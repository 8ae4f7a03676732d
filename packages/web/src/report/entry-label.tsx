import type { EntryKey } from '@loadts/core';
import type { JSX } from 'preact';

/** What an entry is called, with its scenario where the script names those. */
export function EntryLabel({ entry }: { readonly entry: EntryKey }): JSX.Element {
  const { scenario, method, name } = entry;
  return (
    <>
      <span class="method">{method}</span>{' '}
      <span>
        {scenario !== undefined && <span class="muted">{scenario}: </span>}
        {name}
      </span>
    </>
  );
}
