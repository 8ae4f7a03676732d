import type { JSX } from 'preact';

export type IconName = 'check' | 'cross' | 'warning' | 'print';

const PATHS: Readonly<Record<IconName, string>> = {
  check: 'm5 12.5 4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11m0-11-11 11',
  warning: 'M12 7v6.5m0 3.4v.1',
  print: 'M7 9V4h10v5M7 17H4.5v-7h15v7H17M7 14h10v6H7Z',
};

/** A drawing that says nothing by itself: the words stand beside it. */
export function Icon({ name, size }: { readonly name: IconName; readonly size: number }): JSX.Element {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        stroke-width={name === 'print' ? 1.6 : 2.4}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
