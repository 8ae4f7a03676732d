import type { JSX } from 'preact';
import type { LiveStore } from '../live/live-store.ts';
import { Notice } from '../parts/notice.tsx';

/** Says what became of the run that went on when the master vanished. */
export function LostRunBanner({ store }: { readonly store: LiveStore }): JSX.Element | null {
  const id = store.lostRun.value;
  if (id === undefined) return null;
  return (
    <Notice
      tone="warn"
      text="The master was started anew. The run that went on here has ended without a report."
      hint={`Where it kept a run file, this makes the report up to its last second: loadts report .loadts/runs/${id} --html report.html`}
    >
      <button type="button" class="button is-quiet" onClick={() => store.forgetLostRun()}>
        Close
      </button>
    </Notice>
  );
}
