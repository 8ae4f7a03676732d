import type { StateView } from '@loadts/protocol';
import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ThemeSwitch } from '../theme/theme.ts';
import { ApiError } from './api/api-error.ts';
import type { FormValues } from './form/form-values.ts';
import { StartPage } from './form/start-page.tsx';
import { ConnectionBanner } from './header/connection-banner.tsx';
import { Header } from './header/header.tsx';
import { LostRunBanner } from './header/lost-run-banner.tsx';
import type { LiveStore } from './live/live-store.ts';
import { Notice, type NoticeProps } from './parts/notice.tsx';
import { RUN_ACTIONS } from './run-actions.ts';
import { LivePage } from './tabs/live-page.tsx';
import './app.css';

export interface AppProps {
  readonly store: LiveStore;
  readonly theme: ThemeSwitch;
}

const NO_START = { ok: false, reason: 'the connection to the master is lost' };

/** The whole page: the form that starts a run, or the run that goes on. */
export function App({ store, theme }: AppProps): JSX.Element {
  const wantsForm = useSignal(false);
  const problem = useSignal<unknown>(undefined);
  const typed = useSignal<Partial<FormValues>>({});
  const runId = useComputed(() => store.state.value?.run?.id);
  // A run that somebody started, here or elsewhere, is what everybody wants to see.
  useSignalEffect(() => {
    void runId.value;
    wantsForm.value = false;
  });
  const attempt = useMemo(
    () => (action: () => Promise<void>) => {
      problem.value = undefined;
      action().catch((error: unknown) => {
        problem.value = error;
      });
    },
    [problem],
  );
  const isConnected = store.connection.value !== 'lost';
  const known = store.state.value;
  useTitle(known, isConnected);
  if (known === null) return <Opening store={store} />;
  const state = isConnected ? known : { ...known, canStart: NO_START };
  const isForm = state.run === null || wantsForm.value;
  return (
    <>
      <Header
        state={state}
        theme={theme}
        isConnected={isConnected}
        isForm={isForm}
        attempt={attempt}
        onForm={(isWanted) => (wantsForm.value = isWanted)}
      />
      <main class="page ui-page" data-old={!isConnected}>
        <ConnectionBanner store={store} />
        <LostRunBanner store={store} />
        {problem.value !== undefined && (
          <Notice tone="bad" {...describeError(problem.value)}>
            <button type="button" class="button is-quiet" onClick={() => (problem.value = undefined)}>
              Close
            </button>
          </Notice>
        )}
        {state.problem !== null && (
          <Notice tone="bad" text={state.problem.message} hint={state.problem.hint ?? undefined} />
        )}
        {isForm ? (
          <StartPage state={state} typed={typed} actions={RUN_ACTIONS} />
        ) : (
          <LivePage store={store} state={state} theme={theme} attempt={attempt} />
        )}
      </main>
    </>
  );
}

function describeError(error: unknown): Pick<NoticeProps, 'text' | 'hint'> {
  if (error instanceof ApiError) return { text: error.message, hint: error.hint };
  return { text: error instanceof Error ? error.message : String(error) };
}

function Opening({ store }: { readonly store: LiveStore }): JSX.Element {
  return (
    <main class="page ui-page">
      {store.connection.value === 'lost' ? (
        <ConnectionBanner store={store} />
      ) : (
        <p class="empty" role="status">
          Connecting to the master…
        </p>
      )}
    </main>
  );
}

function useTitle(state: StateView | null, isConnected: boolean): void {
  const phase = isConnected ? state?.phase : 'no connection';
  const script = state?.script.split('/').at(-1);
  document.title = script === undefined ? 'loadts' : `${phase}: ${script} · loadts`;
}
