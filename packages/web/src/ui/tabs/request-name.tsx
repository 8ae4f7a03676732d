import type { JSX } from 'preact';

export interface RequestNameProps {
  readonly method: string;
  readonly name: string;
  readonly scenario?: string | undefined;
}

export function RequestName({ method, name, scenario }: RequestNameProps): JSX.Element {
  return (
    <span class="pick mono">
      <span class="method">{method}</span>{' '}
      <span>
        {name}
        {scenario !== undefined && <span class="muted"> · {scenario}</span>}
      </span>
    </span>
  );
}
