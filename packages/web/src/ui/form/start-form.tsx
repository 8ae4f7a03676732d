import type { StartRequest, StateView } from '@loadts/protocol';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { ApiError } from '../api/api-error.ts';
import { Notice } from '../parts/notice.tsx';
import { Field, TextField } from './field.tsx';
import { type FormValues, toRequest } from './form-values.ts';
import { LoadFields } from './load-fields.tsx';
import { placeProblems } from './place-problems.ts';
import { ArgFields, ClassFields } from './script-fields.tsx';
import './form.css';

export interface StartFormProps {
  readonly state: StateView;
  readonly values: FormValues;
  readonly onChange: (change: Partial<FormValues>) => void;
  /** Rejects with an `ApiError` where the server refuses. */
  readonly onStart: (request: StartRequest) => Promise<void>;
}

const FIELDS = [
  'users',
  'spawnRate',
  'rate',
  'maxUsers',
  'shape',
  'profile',
  'host',
  'runTime',
  'thresholds',
  'classes',
  'scenarios',
];

interface Refusal {
  readonly fields: Readonly<Record<string, string>>;
  readonly text: string;
  readonly hint: string | undefined;
}

const NO_REFUSAL: Refusal = { fields: {}, text: '', hint: undefined };

/** Everything that a run can be told before it starts. Enter starts it. */
export function StartForm({ state, values, onChange, onStart }: StartFormProps): JSX.Element {
  const refusal = useSignal(NO_REFUSAL);
  const isBusy = useSignal(false);
  const { form, canStart } = state;
  const submit = async (): Promise<void> => {
    if (isBusy.value || !canStart.ok) return;
    isBusy.value = true;
    refusal.value = NO_REFUSAL;
    try {
      await onStart(toRequest(values, form));
    } catch (error) {
      refusal.value = readRefusal(error, [...FIELDS, ...form.args.map(({ name }) => `args.${name}`)]);
      focusFirst(refusal.value);
    } finally {
      isBusy.value = false;
    }
  };
  const shared = { form, values, errors: refusal.value.fields, onChange };
  return (
    <form
      class="card start"
      aria-label="Start a run"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {refusal.value.text !== '' && <Notice tone="bad" text={refusal.value.text} hint={refusal.value.hint} />}
      <LoadFields {...shared} />
      <TargetFields {...shared} />
      <ClassFields {...shared} />
      <ArgFields {...shared} />
      <ThresholdField {...shared} />
      <div class="start-end">
        <button
          type="submit"
          class="button is-main"
          aria-disabled={!canStart.ok || isBusy.value}
          aria-describedby="start-reason"
        >
          {isBusy.value ? 'Starting…' : 'Start'}
        </button>
        <p id="start-reason" class="start-reason" aria-live="polite">
          {canStart.ok ? 'or press Enter' : canStart.reason}
        </p>
      </div>
    </form>
  );
}

type SharedProps = Parameters<typeof LoadFields>[0];

function TargetFields({ values, errors, onChange }: SharedProps): JSX.Element {
  return (
    <div class="fields">
      <TextField
        name="host"
        label="Host"
        hint="Where relative paths of the script go"
        placeholder="https://staging.example.com"
        inputMode="url"
        value={values.host}
        error={errors['host']}
        onValue={(host) => onChange({ host })}
      />
      <TextField
        name="runTime"
        label="Run time"
        hint="Such as 90s, 5m or 1h30m"
        placeholder="until stopped"
        value={values.runTime}
        error={errors['runTime']}
        onValue={(runTime) => onChange({ runTime })}
      />
    </div>
  );
}

function ThresholdField({ values, errors, onChange }: SharedProps): JSX.Element {
  const error = errors['thresholds'];
  const lines = values.thresholds.split('\n').length;
  return (
    <Field
      name="thresholds"
      label="Thresholds"
      hint="One a line. They decide whether the run passes."
      error={error}
      isWide
    >
      <textarea
        class="control mono"
        id="thresholds"
        rows={Math.min(8, Math.max(2, lines))}
        value={values.thresholds}
        placeholder={'p95 < 300ms\nerrors < 1%'}
        spellcheck={false}
        aria-invalid={error !== undefined}
        aria-describedby="thresholds-says"
        onInput={(event) => onChange({ thresholds: event.currentTarget.value })}
      />
    </Field>
  );
}

function readRefusal(error: unknown, names: readonly string[]): Refusal {
  if (!(error instanceof ApiError)) return { fields: {}, text: String(error), hint: undefined };
  const { fields, rest } = placeProblems(error.message, names);
  const [first] = Object.keys(fields);
  if (first === undefined || rest !== '' || error.hint === undefined) {
    return { fields, text: rest, hint: rest === '' ? undefined : error.hint };
  }
  return { fields: { ...fields, [first]: `${fields[first]}; ${error.hint}` }, text: '', hint: undefined };
}

function focusFirst({ fields }: Refusal): void {
  const [first] = Object.keys(fields);
  if (first !== undefined) document.getElementById(first)?.focus();
}
