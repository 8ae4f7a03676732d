import type { FormView } from '@loadts/protocol';
import type { JSX } from 'preact';
import { CheckList } from './check-list.tsx';
import { SelectField, TextField, type TextFieldProps } from './field.tsx';
import { type FormValues, type LoadModel, modelsOf } from './form-values.ts';

export interface LoadFieldsProps {
  readonly form: FormView;
  readonly values: FormValues;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (change: Partial<FormValues>) => void;
}

const MODEL_NAMES: Readonly<Record<LoadModel, string>> = {
  users: 'Users',
  shape: 'Shape',
  profile: 'Profile',
  rate: 'Arrival rate',
  scriptRate: 'Rate of the script',
  scenarios: 'Scenarios',
};

const MODEL_SAYS: Readonly<Record<LoadModel, string>> = {
  users: 'So many users work one iteration after the other.',
  shape: 'The script decides over the users, second by second.',
  profile: 'A ready-made ramp up to that many users.',
  rate: 'So many iterations begin each second, however slow the target is.',
  scriptRate: 'The script decides how many iterations begin each second.',
  scenarios: 'The script decides what runs when. Those that are chosen take part.',
};

/** How much load there shall be, and who decides over it. */
export function LoadFields(props: LoadFieldsProps): JSX.Element {
  const { form, values, onChange } = props;
  const models = modelsOf(form);
  return (
    <fieldset class="load">
      <legend>Load</legend>
      {models.length > 1 && (
        <div class="segments" role="radiogroup" aria-label="Load model">
          {models.map((model) => (
            <label key={model} class="segment" data-on={values.model === model}>
              <input
                type="radio"
                name="model"
                value={model}
                checked={values.model === model}
                onChange={() => onChange({ model })}
              />
              {MODEL_NAMES[model]}
            </label>
          ))}
        </div>
      )}
      <p class="load-says">
        {MODEL_SAYS[values.model]}
        {values.model === 'scriptRate' && ` Here: ${form.scriptRate}.`}
      </p>
      <ModelFields {...props} />
    </fieldset>
  );
}

function ModelFields(props: LoadFieldsProps): JSX.Element | null {
  const { form, values, errors, onChange } = props;
  const { model } = values;
  if (model === 'users') return <UsersFields {...props} />;
  if (model === 'rate') return <RateFields {...props} />;
  if (model === 'scriptRate') return null;
  if (model === 'scenarios') return <ScenarioFields {...props} />;
  const choice = (
    <SelectField
      name={model}
      label={MODEL_NAMES[model]}
      value={values[model]}
      choices={model === 'shape' ? form.shapes : form.profiles}
      error={errors[model]}
      onValue={(value) => onChange({ [model]: value })}
    />
  );
  if (model === 'shape') return choice;
  return (
    <div class="fields">
      {choice}
      <TextField {...controlOf(props, 'users')} label="Users" hint="At its peak" inputMode="numeric" />
    </div>
  );
}

function ScenarioFields({ form, values, errors, onChange }: LoadFieldsProps): JSX.Element {
  return (
    <CheckList
      name="Scenarios"
      choices={form.scenarios.map(({ name, load }) => ({ name, says: load }))}
      chosen={values.scenarios}
      error={errors['scenarios']}
      onChange={(scenarios) => onChange({ scenarios })}
    />
  );
}

function UsersFields(props: LoadFieldsProps): JSX.Element {
  return (
    <div class="fields">
      <TextField
        {...controlOf(props, 'users')}
        label="Users"
        hint="At the peak"
        inputMode="numeric"
        isFirst
      />
      <TextField
        {...controlOf(props, 'spawnRate')}
        label="Spawn rate"
        hint="Users started each second, or all"
        inputMode="decimal"
      />
    </div>
  );
}

function RateFields(props: LoadFieldsProps): JSX.Element {
  return (
    <div class="fields">
      <TextField
        {...controlOf(props, 'rate')}
        label="Arrival rate"
        hint="Iterations each second"
        inputMode="decimal"
      />
      <TextField
        {...controlOf(props, 'maxUsers')}
        label="Most users"
        hint="Arrivals beyond them wait or are dropped"
        placeholder="as configured"
        inputMode="numeric"
      />
    </div>
  );
}

function controlOf(
  { values, errors, onChange }: LoadFieldsProps,
  name: 'users' | 'spawnRate' | 'rate' | 'maxUsers',
): Pick<TextFieldProps, 'name' | 'value' | 'error' | 'onValue'> {
  return { name, value: values[name], error: errors[name], onValue: (value) => onChange({ [name]: value }) };
}
