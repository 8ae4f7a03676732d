import type { ThemeChoice, ThemeSwitch } from '../../theme/theme.ts';

const KEY = 'loadts-theme';
const CHOICES: readonly string[] = ['auto', 'light', 'dark'] satisfies ThemeChoice[];

/** The choice of colours outlives the page, where the browser lets it. */
export function keepTheme({ choice }: ThemeSwitch): void {
  const kept = readKept(KEY);
  if (kept !== null && CHOICES.includes(kept)) choice.value = kept as ThemeChoice;
  choice.subscribe((value) => keep(KEY, value));
}

/** What was kept under this name; null where nothing was, or where the browser keeps nothing. */
function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Private windows keep nothing.
  }
}
