import type { FormArg } from '@loadts/protocol';
import type { JSX } from 'preact';
import { Field, SelectField, TextField } from './field.tsx';
import type { LoadFieldsProps } from './load-fields.tsx';

/** Which user classes take part. */
export function ClassFields({ form, values, errors, onChange }: LoadFieldsProps): JSX.Element | null {
  if (form.classes.length < 2 || values.model === 'scenarios') return null;
  const toggle = (name: string, isOn: boolean): void => {
    const others = values.classes.filter((other) => other !== name);
    onChange({ classes: isOn ? [...others, name] : others });
  };
  return (
    <fieldset class="classes">
      <legend>User classes</legend>
      <ul>
        {form.classes.map(({ name, weight, fixedCount, tasks }) => (
          <li key={name}>
            <label class="check">
              <input
                type="checkbox"
                checked={values.classes.includes(name)}
                onChange={(event) => toggle(name, event.currentTarget.checked)}
              />
              <span class="mono">{name}</span>
              <span class="muted">
                {fixedCount === null ? `weight ${weight}` : `${fixedCount} users, always`},{' '}
                {tasks.length === 1 ? '1 task' : `${tasks.length} tasks`}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {errors['classes'] !== undefined && (
        <p class="field-says is-bad" role="alert">
          {errors['classes']}
        </p>
      )}
    </fieldset>
  );
}

/** What the script lets people choose, each with the control for its kind. */
export function ArgFields(props: LoadFieldsProps): JSX.Element | null {
  if (props.form.args.length === 0) return null;
  return (
    <fieldset>
      <legend>Arguments of the script</legend>
      <div class="fields">
        {props.form.args.map((arg) => (
          <ArgField key={arg.name} {...props} arg={arg} />
        ))}
      </div>
    </fieldset>
  );
}

function ArgField({
  arg,
  values,
  errors,
  onChange,
}: LoadFieldsProps & { readonly arg: FormArg }): JSX.Element {
  const { name, kind, help, choices, isRequired } = arg;
  const value = values.args[name] ?? '';
  const onValue = (typed: string | boolean): void => onChange({ args: { ...values.args, [name]: typed } });
  const shared = {
    name: `args.${name}`,
    label: isRequired ? `${name} (required)` : name,
    hint: help,
    error: errors[`args.${name}`],
  };
  if (kind === 'choice') {
    const options = choices.map(String);
    const shown = options.includes(String(value)) ? options : ['', ...options];
    return <SelectField {...shared} value={String(value)} choices={shown} onValue={onValue} />;
  }
  if (kind === 'boolean') {
    return (
      <Field {...shared}>
        <label class="check">
          <input
            id={shared.name}
            type="checkbox"
            checked={value === true}
            aria-describedby={`${shared.name}-says`}
            onChange={(event) => onValue(event.currentTarget.checked)}
          />
          {value === true ? 'yes' : 'no'}
        </label>
      </Field>
    );
  }
  return (
    <TextField
      {...shared}
      value={String(value)}
      onValue={onValue}
      type={kind === 'secret' ? 'password' : 'text'}
      inputMode={kind === 'number' ? 'decimal' : 'text'}
      {...(kind === 'secret' && { placeholder: 'as configured' })}
    />
  );
}
