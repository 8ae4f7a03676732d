import { nearestName } from '@loadts/core';
import type { ConfigLayer } from './config-layer.ts';
import { type CommandOption, ENV_PREFIX, envName, optionKey } from './option.ts';

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The layer of the `LOADTS_*` variables. An empty one is not set, as is usual in containers and CI. */
export function environmentLayer(env: Environment, options: readonly CommandOption<unknown>[]): ConfigLayer {
  const values = readable(options).flatMap((option) => {
    const text = env[envName(option)];
    return text === undefined || text.trim() === '' ? [] : [[optionKey(option), text]];
  });
  return { values: Object.fromEntries(values), locate: envName, problems: [] };
}

/** One sentence for each `LOADTS_*` variable that means nothing: other tools may share the prefix. */
export function warnOfUnknownVariables(
  env: Environment,
  options: readonly CommandOption<unknown>[],
  others: readonly string[] = [],
): string[] {
  const known = [...readable(options).map(envName), ...others];
  return Object.keys(env)
    .filter((name) => name.startsWith(ENV_PREFIX) && !known.includes(name))
    .map((name) => `${name} is not an option and is ignored; ${adviseVariable(name, known)}`);
}

/** Compares without the prefix, which would make all names look alike. */
function adviseVariable(name: string, known: readonly string[]): string {
  const bare = known.map((variable) => variable.slice(ENV_PREFIX.length));
  const nearest = nearestName(name.slice(ENV_PREFIX.length), bare);
  return nearest === undefined ? 'see loadts run --help' : `did you mean ${ENV_PREFIX}${nearest}?`;
}

function readable(options: readonly CommandOption<unknown>[]): readonly CommandOption<unknown>[] {
  return options.filter((option) => !option.commandLineOnly);
}
