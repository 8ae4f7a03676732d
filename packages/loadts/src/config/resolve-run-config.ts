import type { Args, LoadtsError } from '@loadts/core';
import { allowedCores } from './allowed-cores.ts';
import { type ConfigLayer, type FormLayer, objectLayer } from './config-layer.ts';
import { type Environment, environmentLayer, warnOfUnknownVariables } from './environment-layer.ts';
import type { MasterConfig, TokenConfig } from './network-config.ts';
import { ALL_OPTIONS, MASTER_OPTIONS } from './network-options.ts';
import { longFlag } from './option.ts';
import { RUN_OPTIONS } from './options.ts';
import type { CommandLine } from './parse-command-line.ts';
import { configError, type Problem } from './problem.ts';
import { isReadyMade, profileLayer } from './profile-layer.ts';
import { readArgDefinitions, type ScriptArg } from './read-arg-definitions.ts';
import type { ConfigFile } from './read-config-file.ts';
import { argVariable, resolveArgs, showArgs } from './resolve-args.ts';
import { resolveOptions } from './resolve-options.ts';
import type { RunConfig } from './run-config.ts';

/** All that can configure a run. The later entries give way to the earlier. */
export interface RunConfigSources {
  readonly commandLine: Pick<CommandLine, 'values' | 'problems'>;
  readonly env: Environment;
  readonly configFile?: ConfigFile | undefined;
  /** The script's export named `options`, if it has one. */
  readonly scriptOptions?: unknown;
  /** The script's export named `profiles`, if it has one. */
  readonly scriptProfiles?: unknown;
  /** The script's export named `args`, if it has one. */
  readonly scriptArgs?: unknown;
  /** Why the script could not be read: reported together with all other problems. */
  readonly scriptError?: LoadtsError | undefined;
  /** What a person has filled into the start form: it goes before all else. */
  readonly form?: FormLayer | undefined;
  /** What `--processes auto` means; the cores of this machine unless given. */
  readonly countCores?: () => number;
}

export interface ResolvedRunConfig {
  readonly config: RunConfig & MasterConfig & TokenConfig;
  /** What the script says of its own arguments. */
  readonly argDefinitions: readonly ScriptArg[];
  /** Their values. */
  readonly args: Args;
  /** The same for people to read, without secrets. */
  readonly argsText: string;
  /** One sentence each. */
  readonly warnings: readonly string[];
  /** The fields that were set anywhere, in contrast to defaults. */
  readonly given: ReadonlySet<keyof (RunConfig & MasterConfig & TokenConfig)>;
}

/**
 * The configuration of a run from all its sources.
 * @throws LoadtsError `CONFIG_INVALID` with every problem of every source, or `scriptError` where that is the only one.
 */
export function resolveRunConfig(sources: RunConfigSources): ResolvedRunConfig {
  const table = { ...RUN_OPTIONS, ...MASTER_OPTIONS };
  const { values, problems, given } = resolveOptions(table, addProfile(readLayers(sources), sources));
  const definitions = readArgDefinitions(sources.scriptArgs);
  // Nobody knows what the arguments of a script are that could not be read.
  const pairs = sources.scriptError || definitions.problems.length > 0 ? [] : values.scriptArgs;
  const resolved = resolveArgs(definitions.args, pairs, sources.env);
  const { args } = resolved;
  // The start form will ask for what is missing.
  const isAsked = !sources.form && !values.headless && !values.autostart;
  const argProblems = [...resolved.problems, ...(isAsked ? [] : resolved.missing)];
  throwProblems([...problems, ...definitions.problems, ...argProblems], sources.scriptError);
  const { processes } = values;
  const countCores = sources.countCores ?? allowedCores;
  return {
    config: { ...values, processes: processes === 'auto' ? countCores() : processes },
    argDefinitions: definitions.args,
    args,
    argsText: showArgs(definitions.args, args),
    warnings: warnOfUnknownVariables(
      sources.env,
      ALL_OPTIONS,
      definitions.args.map(({ name }) => argVariable(name)),
    ),
    given,
  };
}

function readLayers(sources: RunConfigSources): ConfigLayer[] {
  const { commandLine, env, configFile, scriptOptions, form } = sources;
  const layers: ConfigLayer[] = [{ ...commandLine, locate: longFlag }, environmentLayer(env, ALL_OPTIONS)];
  if (configFile !== undefined) {
    const layer = objectLayer(configFile.name, configFile.content, ALL_OPTIONS);
    layers.push({ ...layer, problems: [...configFile.problems, ...layer.problems] });
  }
  layers.push(objectLayer("the script's options", scriptOptions, ALL_OPTIONS));
  return form ? [form, ...layers.map((layer) => clear(layer, form.cleared))] : layers;
}

function clear(layer: ConfigLayer, keys: readonly string[]): ConfigLayer {
  const kept = Object.entries(layer.values).filter(([key]) => !keys.includes(key));
  return { ...layer, values: Object.fromEntries(kept) };
}

/** A profile gives way to the command line and the environment, which adjust it, and goes before the rest. */
function addProfile(
  layers: ConfigLayer[],
  { scriptProfiles, scriptError, form }: RunConfigSources,
): ConfigLayer[] {
  const { profile } = resolveOptions(RUN_OPTIONS, layers).values;
  // Nobody knows the profiles of a script that could not be read.
  if (profile === undefined || (scriptError && !isReadyMade(profile))) return layers;
  const layer = profileLayer(profile, scriptProfiles, Object.values(RUN_OPTIONS));
  const first = form ? 3 : 2;
  return [...layers.slice(0, first), layer, ...layers.slice(first)];
}

function throwProblems(problems: readonly Problem[], scriptError: LoadtsError | undefined): void {
  if (scriptError !== undefined) {
    if (problems.length === 0) throw scriptError;
    throw configError([...problems, { text: scriptError.message, hint: scriptError.hint }]);
  }
  if (problems.length > 0) throw configError(problems);
}
