import type { FormArg, FormClass } from '@loadts/protocol';
import type { JSX } from 'preact';
import { CheckList } from './check-list.tsx';
import { Field, SelectField, TextField } from './field.tsx';
import type { LoadFieldsProps } from './load-fields.tsx';

/** Which user classes take part. */
export function ClassFields({ form, values, errors, onChange }: LoadFieldsProps): JSX.Element | null {
  if (form.classes.length < 2 || values.model === 'scenarios') return null;
  const choices = form.classes.map((userClass) => ({ name: userClass.name, says: describeClass(userClass) }));
  return (
    <fieldset>
      <legend>User classes</legend>
      <CheckList
        name="User classes"
        choices={choices}
        chosen={values.classes}
        error={errors['classes']}
        onChange={(classes) => onChange({ classes })}
      />
    </fieldset>
  );
}

function describeClass({ weight, fixedCount, tasks }: FormClass): string {
  const load = fixedCount === null ? `weight ${weight}` : `${fixedCount} users, always`;
  return `${load}, ${tasks.length === 1 ? '1 task' : `${tasks.length} tasks`}`;
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
