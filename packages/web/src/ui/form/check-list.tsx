import type { JSX } from 'preact';

export interface CheckListProps {
  /** Of what there is to choose from. */
  readonly name: string;
  readonly choices: readonly { readonly name: string; readonly says: string }[];
  readonly chosen: readonly string[];
  readonly error: string | undefined;
  readonly onChange: (chosen: string[]) => void;
}

/** Any of several names. None of them means all, as where nobody chooses. */
export function CheckList({ name: list, choices, chosen, error, onChange }: CheckListProps): JSX.Element {
  const pick = (name: string, isOn: boolean): void => {
    const isChosen = (other: string): boolean => (other === name ? isOn : chosen.includes(other));
    onChange(choices.map((choice) => choice.name).filter(isChosen));
  };
  const says = chosen.length === 0 ? 'None is chosen: all take part.' : undefined;
  return (
    <div role="group" aria-label={list}>
      <ul class="check-list">
        {choices.map((choice) => (
          <li key={choice.name}>
            <label class="check">
              <input
                type="checkbox"
                checked={chosen.includes(choice.name)}
                onChange={(event) => pick(choice.name, event.currentTarget.checked)}
              />
              <span class="mono">{choice.name}</span>
              <span class="muted">{choice.says}</span>
            </label>
          </li>
        ))}
      </ul>
      {(error ?? says) !== undefined && (
        <p class={error === undefined ? 'field-says' : 'field-says is-bad'} role="status">
          {error ?? says}
        </p>
      )}
    </div>
  );
}
