import type { JSX } from 'preact';
import type { ThemeChoice, ThemeSwitch } from './theme.ts';

const NEXT: Readonly<Record<ThemeChoice, ThemeChoice>> = { auto: 'light', light: 'dark', dark: 'auto' };
const LABELS: Readonly<Record<ThemeChoice, string>> = { auto: 'Auto', light: 'Light', dark: 'Dark' };
const ICONS: Readonly<Record<ThemeChoice, string>> = {
  auto: 'M8 2a6 6 0 1 0 0 12V2Z',
  light: 'M8 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM8 .8v1.6M8 13.6v1.6M.8 8h1.6M13.6 8h1.6',
  dark: 'M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1Z',
};

/** Goes round: as the system says, light, dark. */
export function ThemeToggle({ switch: { choice } }: { readonly switch: ThemeSwitch }): JSX.Element {
  const current = choice.value;
  return (
    <button
      type="button"
      class="button is-quiet"
      title="Colours: as the system says, light or dark"
      onClick={() => (choice.value = NEXT[current])}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" hidden={current !== 'auto'} />
        <path
          d={ICONS[current]}
          fill={current === 'light' ? 'none' : 'currentColor'}
          stroke="currentColor"
          stroke-width="1.4"
          stroke-linecap="round"
        />
      </svg>
      <span class="visually-hidden">Colours: </span>
      {LABELS[current]}
    </button>
  );
}
