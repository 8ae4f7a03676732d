import {
  type ArrivalPlan,
  collectFeeders,
  type DeclaredFeeder,
  type Events,
  LoadtsError,
  type UserClass,
} from '@loadts/core';
import { readHooks, type ScriptHooks } from '@loadts/master';
import { loadScript } from '@loadts/worker';
import { isUrl } from '../config/looks-like-script.ts';
import type { CommandLine } from '../config/parse-command-line.ts';
import { type ConfigFile, readConfigFile } from '../config/read-config-file.ts';
import { type ResolvedRunConfig, resolveRunConfig } from '../config/resolve-run-config.ts';
import { bundleScript, bundleText, type ScriptBundle, stopBundler } from '../script/bundle-script.ts';
import { type ChosenShape, chooseShape } from '../script/choose-shape.ts';
import { quickCommandLine, quickScript } from '../script/quick-script.ts';
import { readEvents } from '../script/read-events.ts';
import { selectUserClasses } from '../script/script-contents.ts';
import { selectArrivals } from '../script/select-arrivals.ts';
import { selectTasks, warnOfUnreachable } from '../script/select-tasks.ts';
import type { Terminal } from '../terminal.ts';

/** A run of which everything is known and nothing has happened yet. */
export interface PreparedRun extends ResolvedRunConfig {
  readonly bundle: ScriptBundle;
  readonly classes: readonly UserClass[];
  readonly shape: ChosenShape | undefined;
  /** Where the run is an open one. */
  readonly arrivals: ArrivalPlan | undefined;
  readonly hooks: ScriptHooks;
  readonly events: Events;
  readonly feeders: readonly DeclaredFeeder[];
}

interface LoadedScript {
  readonly bundle: ScriptBundle;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly feeders: readonly DeclaredFeeder[];
}

const API_URL = new URL('../index.js', import.meta.url).href;

/**
 * Reads the script and the configuration.
 * @param isLoadGiven whether something else decides over the load: then neither shapes nor rates are looked at
 * @throws LoadtsError with every problem of both.
 */
export async function prepareRun(
  commandLine: CommandLine,
  env: Terminal['env'],
  isLoadGiven: boolean = false,
): Promise<PreparedRun> {
  try {
    const configFile = await readConfigFile(process.cwd(), (bundle) => loadScript(bundle, API_URL));
    const script = await readScript(commandLine.argument);
    const isQuick = isUrl(commandLine.argument);
    const given = isQuick ? quickCommandLine(commandLine) : commandLine;
    const prepared = assemble(given, env, configFile, script);
    return isLoadGiven ? prepared : { ...prepared, ...chooseLoad(prepared) };
  } finally {
    await stopBundler();
  }
}

function assemble(
  commandLine: CommandLine,
  env: Terminal['env'],
  configFile: ConfigFile | undefined,
  script: LoadedScript | LoadtsError,
): PreparedRun & Pick<LoadedScript, 'exports'> {
  const scriptError = script instanceof LoadtsError ? script : undefined;
  const exported: LoadedScript['exports'] = script instanceof LoadtsError ? {} : script.exports;
  const { options: scriptOptions, profiles, args } = exported;
  const resolved = resolveRunConfig({
    commandLine,
    env,
    configFile,
    scriptOptions,
    scriptProfiles: profiles,
    scriptArgs: args,
    scriptError,
  });
  if (script instanceof LoadtsError) throw script;
  const { exports, bundle, feeders } = script;
  const classes = selectTasks(selectUserClasses(exports, resolved.config.classes), resolved.config);
  return {
    ...resolved,
    warnings: [...resolved.warnings, ...warnOfUnreachable(classes)],
    bundle,
    classes,
    shape: undefined,
    arrivals: undefined,
    exports,
    hooks: readHooks(exports),
    events: readEvents(exports),
    feeders,
  };
}

/** What decides over the users of a run, if not `-u` and `-r`. */
function chooseLoad(
  prepared: PreparedRun & Pick<LoadedScript, 'exports'>,
): Pick<PreparedRun, 'shape' | 'arrivals'> {
  const shape = chooseShape(prepared.exports, prepared.config, prepared.given);
  return { shape, arrivals: selectArrivals({ ...prepared, shape }) };
}

async function readScript(path: string): Promise<LoadedScript | LoadtsError> {
  try {
    const bundle = await (isUrl(path) ? bundleText(quickScript(path)) : bundleScript(path));
    return { bundle, ...(await collectFeeders(() => loadScript(bundle, API_URL))) };
  } catch (error) {
    if (error instanceof LoadtsError) return error;
    throw error;
  }
}
