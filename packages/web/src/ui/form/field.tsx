import type { ComponentChildren, JSX } from 'preact';

export interface FieldProps {
  /** Also the id of the control. */
  readonly name: string;
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly error?: string | undefined;
  readonly isWide?: boolean;
  readonly children: ComponentChildren;
}

/** A control with its name above, and below what it takes or what is wrong with it. */
export function Field({ name, label, hint, error, isWide = false, children }: FieldProps): JSX.Element {
  return (
    <div class={`field${isWide ? ' is-wide' : ''}`} data-wrong={error !== undefined}>
      <label for={name}>{label}</label>
      {children}
      <p class="field-says" id={`${name}-says`} role={error === undefined ? undefined : 'alert'}>
        {error ?? hint}
      </p>
    </div>
  );
}

export interface TextFieldProps extends Omit<FieldProps, 'children'> {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly placeholder?: string;
  readonly inputMode?: 'numeric' | 'decimal' | 'url' | 'text';
  readonly type?: 'text' | 'password';
  readonly isFirst?: boolean;
}

export function TextField(props: TextFieldProps): JSX.Element {
  const {
    name,
    error,
    value,
    onValue,
    placeholder,
    inputMode = 'text',
    type = 'text',
    isFirst = false,
  } = props;
  const shared = {
    class: 'control',
    id: name,
    name,
    value,
    inputMode,
    placeholder,
    spellcheck: false,
    autoFocus: isFirst,
    'aria-invalid': error !== undefined,
    'aria-describedby': `${name}-says`,
    onInput: (event: InputEvent) => onValue((event.currentTarget as HTMLInputElement).value),
  };
  return (
    <Field {...props}>
      {type === 'password' ? (
        <input {...shared} type="password" autocomplete="new-password" />
      ) : (
        <input {...shared} type="text" autocomplete="off" />
      )}
    </Field>
  );
}

export interface SelectFieldProps extends Omit<FieldProps, 'children'> {
  readonly value: string;
  readonly choices: readonly string[];
  readonly onValue: (value: string) => void;
}

export function SelectField(props: SelectFieldProps): JSX.Element {
  const { name, error, value, choices, onValue } = props;
  return (
    <Field {...props}>
      <select
        class="control"
        id={name}
        name={name}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={`${name}-says`}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    </Field>
  );
}
