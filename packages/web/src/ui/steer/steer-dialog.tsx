import type { LoadView } from '@loadts/protocol';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { TextField } from '../form/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { RUN_ACTIONS } from '../run-actions.ts';
import { type Change, createChange } from './create-change.ts';
import './steer-dialog.css';

export interface SteerDialogProps {
  readonly load: LoadView;
  readonly onClose: () => void;
}

/** Changes the load while the run goes on: users and spawn rate, or the arrival rate. Enter does it, Escape does not. */
export function SteerDialog({ load, onClose }: SteerDialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const typed = useSignal<Change>({
    users: textOf(load.users),
    spawnRate: textOf(load.spawnRate),
    rate: textOf(load.rate),
    maxUsers: textOf(load.maxUsers),
  });
  const problem = useSignal<string | undefined>(undefined);
  useEffect(() => dialog.current?.showModal(), []);
  const submit = async (): Promise<void> => {
    try {
      const change = createChange(load, typed.value);
      await (change.kind === 'rate'
        ? RUN_ACTIONS.setRate(change.request)
        : RUN_ACTIONS.setUsers(change.request));
      onClose();
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="steer-title" onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2 id="steer-title">Change load</h2>
        {problem.value !== undefined && <Notice tone="bad" text={problem.value} />}
        {load.ruledBy === null ? (
          <SteerFields
            load={load}
            typed={typed.value}
            onChange={(change) => (typed.value = { ...typed.value, ...change })}
          />
        ) : (
          <p>This run's load is decided by {load.ruledBy}, so it cannot be changed by hand.</p>
        )}
        <div class="dialog-end">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {load.ruledBy === null ? 'Cancel' : 'Close'}
          </button>
          {load.ruledBy === null && (
            <button type="submit" class="button is-main">
              Apply
            </button>
          )}
        </div>
      </form>
    </dialog>
  );
}

interface SteerFieldsProps {
  readonly load: LoadView;
  readonly typed: Change;
  readonly onChange: (change: Partial<Change>) => void;
}

function SteerFields({ load, typed, onChange }: SteerFieldsProps): JSX.Element {
  const field = (name: keyof Change) => ({
    name: `steer-${name}`,
    value: typed[name],
    inputMode: 'decimal' as const,
    onValue: (value: string) => onChange({ [name]: value }),
  });
  return load.model === 'open' ? (
    <div class="fields">
      <TextField {...field('rate')} label="Arrival rate" hint="Iterations each second" isFirst />
      <TextField {...field('maxUsers')} label="Most users" hint="Arrivals beyond them wait or are dropped" />
    </div>
  ) : (
    <div class="fields">
      <TextField {...field('users')} label="Users" hint="From now on" isFirst />
      <TextField {...field('spawnRate')} label="Spawn rate" hint="Users started each second, or all" />
    </div>
  );
}

function textOf(value: number | string | null): string {
  return value === null ? '' : String(value);
}
