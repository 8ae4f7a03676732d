import type { StateView } from '@loadts/protocol';
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { RunActions } from '../run-actions.ts';
import { RunsCard } from '../runs/runs-card.tsx';
import { type FormValues, valuesOf } from './form-values.ts';
import { keepLastRequest } from './last-request.ts';
import { StartForm } from './start-form.tsx';

export interface StartPageProps {
  readonly state: StateView;
  /** What a person has changed; it outlives the run that was started with it. */
  readonly typed: Signal<Partial<FormValues>>;
  readonly actions: RunActions;
}

/** The form, what the workers are about, and earlier runs. */
export function StartPage({ state, typed, actions }: StartPageProps): JSX.Element {
  const values = { ...valuesOf(state.form), ...typed.value };
  const secrets = state.form.args.filter(({ kind }) => kind === 'secret').map(({ name }) => name);
  return (
    <div class="start-page">
      <h2 class="start-title">Start a run</h2>
      <div>
        <StartForm
          state={state}
          values={values}
          onChange={(change) => (typed.value = { ...typed.value, ...change })}
          onStart={async (request) => {
            await actions.start(request);
            keepLastRequest(request, secrets);
          }}
        />
      </div>
      <aside aria-label="Workers and earlier runs">
        <WorkersCard state={state} />
        <RunsCard runs={state.runs} />
      </aside>
    </div>
  );
}

function WorkersCard({ state: { workers } }: Pick<StartPageProps, 'state'>): JSX.Element {
  const { ready, expected } = workers;
  const most = Math.max(1, expected, ready);
  return (
    <section class="card" aria-label="Workers">
      <h3>Workers</h3>
      <p class="workers-ready">
        <strong>{ready}</strong> of {expected} ready
      </p>
      <progress class="bar" max={most} value={ready} aria-label="Workers that are ready" />
      {ready < expected && (
        <p class="muted small">
          The others are still starting. On another machine: <code>loadts worker --master-host HOST</code>.
        </p>
      )}
    </section>
  );
}
