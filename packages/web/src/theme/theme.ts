import { type ReadonlySignal, type Signal, signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

/** What the reader picked; `auto` follows the system. */
export type ThemeChoice = Theme | 'auto';

/** The page's colours: follows the system until somebody picks, and is light on paper. */
export interface ThemeSwitch {
  readonly choice: Signal<ThemeChoice>;
  readonly theme: ReadonlySignal<Theme>;
}

/** Keeps the root element's `data-theme` up to date from now on. */
export function createThemeSwitch(root: HTMLElement): ThemeSwitch {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const print = matchMedia('print');
  const choice = signal<ThemeChoice>('auto');
  const theme = signal<Theme>('light');
  const update = (): void => {
    const wanted = choice.value === 'auto' ? (dark.matches ? 'dark' : 'light') : choice.value;
    const shown = print.matches ? 'light' : wanted;
    // Charts read the colours when `theme` changes.
    root.dataset['theme'] = shown;
    theme.value = shown;
  };
  choice.subscribe(update);
  dark.addEventListener('change', update);
  print.addEventListener('change', update);
  return { choice, theme };
}
