import { type PROFILES, suggest } from '@loadts/core';
import { type ConfigLayer, objectLayer } from './config-layer.ts';
import { type CommandOption, optionKey } from './option.ts';
import { showValue } from './problem.ts';
import type { RunOptionsInput } from './run-options-input.ts';

export type ReadyMadeProfile = keyof typeof PROFILES;

/** What each ready-made load is unless told otherwise. */
const READY_MADE: Readonly<Record<ReadyMadeProfile, RunOptionsInput>> = {
  'ramp-up': { users: 100, runTime: '2m' },
  sustained: { users: 50, runTime: '5m' },
  spike: { users: 200, runTime: '2m' },
  soak: { users: 50, runTime: '1h' },
};

export const READY_MADE_PROFILES: readonly string[] = Object.keys(READY_MADE);

export function isReadyMade(name: string | undefined): name is ReadyMadeProfile {
  return name !== undefined && Object.hasOwn(READY_MADE, name);
}

/**
 * The options that a profile stands for.
 * @param own the script's export named `profiles`: options by the name of each profile
 */
export function profileLayer(
  name: string,
  own: unknown,
  options: readonly CommandOption<unknown>[],
): ConfigLayer {
  const defined = (own ?? {}) as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(defined, name)) return objectLayer(`profile ${name}`, defined[name], options);
  if (isReadyMade(name)) return objectLayer(`profile ${name}`, READY_MADE[name], options);
  const known = [...Object.keys(READY_MADE), ...Object.keys(defined)];
  const hint = suggest(name, known, `there are ${known.join(', ')}`);
  const problem = { text: `there is no profile ${showValue(name)}`, hint };
  return { values: {}, locate: optionKey, problems: [problem] };
}
