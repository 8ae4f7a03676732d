import type { JSX } from 'preact';
import { formatClock } from '../../format/format-time.ts';
import type { LiveStore } from '../live/live-store.ts';
import { Notice } from '../parts/notice.tsx';

/** Says that what is shown gets old, and that it comes back by itself. */
export function ConnectionBanner({ store }: { readonly store: LiveStore }): JSX.Element | null {
  if (store.connection.value !== 'lost') return null;
  return (
    <Notice
      tone="bad"
      text="The connection to the master is lost."
      hint={`${describeAge(store)}This page reconnects by itself. If it does not, look whether the master still runs: without it, workers stop the load.`}
    >
      <button type="button" class="button" onClick={() => store.connect()}>
        Try now
      </button>
    </Notice>
  );
}

function describeAge({ data }: LiveStore): string {
  const { second } = data.value;
  return second === null ? '' : `The numbers are old: those of ${formatClock(second.elapsedSeconds)}. `;
}
