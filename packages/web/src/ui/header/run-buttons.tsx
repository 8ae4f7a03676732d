import type { StateView } from '@loadts/protocol';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { readLastRequest } from '../form/last-request.ts';
import { RUN_ACTIONS } from '../run-actions.ts';
import { SteerDialog } from '../steer/steer-dialog.tsx';
import { isLoaded } from './phase.ts';

/** Does it, and shows what the server says where it refuses. */
export type Attempt = (action: () => Promise<void>) => void;

export interface RunButtonsProps {
  readonly state: StateView;
  readonly isForm: boolean;
  readonly attempt: Attempt;
  readonly onForm: (isWanted: boolean) => void;
}

/** What can be done with the run as it stands. */
export function RunButtons(props: RunButtonsProps): JSX.Element | null {
  const { state, attempt } = props;
  if (isLoaded(state.phase)) return <SteerButtons {...props} />;
  if (state.phase === 'starting') {
    return <Tool name="Stop" icon="stop" tone="bad" onClick={() => attempt(() => RUN_ACTIONS.stop(false))} />;
  }
  if (state.phase === 'stopping') {
    const title = 'Without waiting for users that are in the middle of something';
    return (
      <Tool
        name="Stop now"
        icon="stop"
        tone="bad"
        title={title}
        onClick={() => attempt(() => RUN_ACTIONS.stop(true))}
      />
    );
  }
  return state.run === null ? null : <StartButtons {...props} />;
}

function SteerButtons({ state, attempt }: RunButtonsProps): JSX.Element {
  const isSteering = useSignal(false);
  const { isPaused, load } = state;
  return (
    <>
      {load !== null && <Tool name="Change load" icon="edit" onClick={() => (isSteering.value = true)} />}
      {isPaused ? (
        <Tool name="Resume" icon="play" onClick={() => attempt(() => RUN_ACTIONS.resume())} />
      ) : (
        <Tool name="Pause" icon="pause" onClick={() => attempt(() => RUN_ACTIONS.pause())} />
      )}
      <Tool name="Stop" icon="stop" tone="bad" onClick={() => attempt(() => RUN_ACTIONS.stop(false))} />
      {isSteering.value && load !== null && (
        <SteerDialog load={load} onClose={() => (isSteering.value = false)} />
      )}
    </>
  );
}

function StartButtons({ state, isForm, attempt, onForm }: RunButtonsProps): JSX.Element {
  if (isForm) return <Tool name="Back to the run" onClick={() => onForm(false)} />;
  return (
    <>
      <Tool
        name="Run again"
        icon="play"
        title={state.canStart.reason ?? 'With the same options'}
        onClick={() => attempt(() => RUN_ACTIONS.start(readLastRequest()))}
      />
      <Tool name="New run" icon="edit" tone="main" onClick={() => onForm(true)} />
    </>
  );
}

interface ToolProps {
  readonly name: string;
  readonly icon?: IconName;
  readonly tone?: 'plain' | 'main' | 'bad';
  readonly title?: string;
  readonly onClick: () => void;
}

function Tool({ name, icon, tone = 'plain', title, onClick }: ToolProps): JSX.Element {
  return (
    <button
      type="button"
      class={`button tool is-${tone}`}
      title={title ?? name}
      aria-label={name}
      onClick={onClick}
    >
      {icon !== undefined && <Icon name={icon} size={16} />}
      <span class={icon === undefined ? undefined : 'tool-name'}>{name}</span>
    </button>
  );
}
