import type { JSX } from 'preact';

export type IconName =
  | 'check'
  | 'cross'
  | 'warning'
  | 'print'
  | 'play'
  | 'pause'
  | 'stop'
  | 'edit'
  | 'download'
  | 'waiting';

const PATHS: Readonly<Record<IconName, string>> = {
  check: 'm5 12.5 4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11m0-11-11 11',
  warning: 'M12 7v6.5m0 3.4v.1',
  play: 'M8 5.5v13l10.5-6.5Z',
  pause: 'M8.5 5.5v13m7-13v13',
  stop: 'M6.5 6.5h11v11h-11Z',
  edit: 'M4 8h10m4 0h2M4 16h2m4 0h10M16 5.5v5M8 13.5v5',
  download: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14',
  waiting: 'M6 12h.1M12 12h.1M18 12h.1',
  print: 'M7 9V4h10v5M7 17H4.5v-7h15v7H17M7 14h10v6H7Z',
};

const THIN: ReadonlySet<IconName> = new Set(['print', 'edit', 'download', 'play', 'stop']);

/** A drawing that says nothing by itself: the words stand beside it. */
export function Icon({ name, size }: { readonly name: IconName; readonly size: number }): JSX.Element {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        stroke-width={THIN.has(name) ? 1.8 : 2.4}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
