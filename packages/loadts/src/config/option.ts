import type { ParseValue } from './parse-value.ts';

/** The headings of `loadts run --help`, in this order. */
export const OPTION_GROUPS = [
  'Search:',
  'Load:',
  'Target:',
  'Workers:',
  'Network:',
  'Kubernetes:',
  'Result:',
  'Web UI:',
  'Output:',
  'Other:',
] as const;

/** One option of a command, whichever way it is given. Its other names follow from its long flag. */
export interface CommandOption<Value> {
  /** In commander's notation: `-u, --users <n>`, `--headless [bool]`, `--class <names...>`. */
  readonly flags: string;
  readonly group: (typeof OPTION_GROUPS)[number];
  readonly help: string;
  /** Turns a raw text, or a JSON value of a configuration file, into the validated value. */
  readonly parse: ParseValue<Value>;
  readonly fallback: Value;
  /** The default in the words of `--help`, where the value itself does not say it. */
  readonly fallbackText?: string;
  /** Neither in the environment nor in a configuration file. */
  readonly commandLineOnly?: true;
  /** Can be given several times; the raw value is a list. */
  readonly repeatable?: true;
}

/** `--spawn-rate` */
export function longFlag(option: CommandOption<unknown>): string {
  return /--[a-z-]+/.exec(option.flags)?.[0] ?? option.flags;
}

/** `-r`, where there is one. */
export function shortFlag(option: CommandOption<unknown>): string | undefined {
  return /^-[a-zA-Z]/.exec(option.flags)?.[0];
}

/** `spawnRate`: the key in configuration files, and commander's. */
export function optionKey(option: CommandOption<unknown>): string {
  return longFlag(option)
    .slice(2)
    .replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Begins the name of every variable of loadts. */
export const ENV_PREFIX = 'LOADTS_';

/** `LOADTS_SPAWN_RATE` */
export function envName(option: CommandOption<unknown>): string {
  return `${ENV_PREFIX}${longFlag(option).slice(2).replaceAll('-', '_').toUpperCase()}`;
}

/** Whether the flag alone is not enough. */
export function needsValue(option: CommandOption<unknown>): boolean {
  return option.flags.includes('<');
}

/** Whether the flag alone means true, while `=false` is possible too. */
export function isSwitch(option: CommandOption<unknown>): boolean {
  return option.flags.endsWith('[bool]');
}
