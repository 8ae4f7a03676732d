import { collectFeeders, type DeclaredFeeder, type Events, LoadtsError, type UserClass } from '@loadts/core';
import { readHooks, type ScriptHooks } from '@loadts/master';
import { loadScript } from '@loadts/worker';
import type { FormLayer } from '../config/config-layer.ts';
import { isUrl } from '../config/looks-like-script.ts';
import type { CommandLine } from '../config/parse-command-line.ts';
import { type ConfigFile, readConfigFile } from '../config/read-config-file.ts';
import { type ResolvedRunConfig, resolveRunConfig } from '../config/resolve-run-config.ts';
import { bundleScript, bundleText, type ScriptBundle, stopBundler } from '../script/bundle-script.ts';
import { chooseClasses, chooseScenarios } from '../script/choose-scenarios.ts';
import type { ChosenScenario } from '../script/chosen-scenario.ts';
import { loadExports } from '../script/load-exports.ts';
import { quickCommandLine, quickScript } from '../script/quick-script.ts';
import { readEvents } from '../script/read-events.ts';
import { warnOfUnreachable } from '../script/select-tasks.ts';
import type { Terminal } from '../terminal.ts';

/** A run of which everything is known and nothing has happened yet. */
export interface PreparedRun extends ResolvedRunConfig {
  readonly bundle: ScriptBundle;
  /** Those of all scenarios. */
  readonly classes: readonly UserClass[];
  /** In the order of the script; one without a name where it names none. */
  readonly scenarios: readonly ChosenScenario[];
  readonly hooks: ScriptHooks;
  readonly events: Events;
  readonly feeders: readonly DeclaredFeeder[];
  readonly exports: LoadedScript['exports'];
  /** The same script with what a person has filled into the start form. @throws LoadtsError with every problem */
  readonly reconfigure: (form: FormLayer) => PreparedRun;
}

/** All that a run is made of, but for the start form. */
interface RunSources {
  readonly commandLine: CommandLine;
  readonly env: Terminal['env'];
  readonly configFile: ConfigFile | undefined;
  readonly script: LoadedScript | LoadtsError;
  readonly isLoadGiven: boolean;
}

interface LoadedScript {
  readonly bundle: ScriptBundle;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly feeders: readonly DeclaredFeeder[];
}

const API_URL = new URL('../index.js', import.meta.url).href;

/**
 * Reads the script and the configuration.
 * @param isLoadGiven whether something else decides over the load: then there are no scenarios, shapes or rates
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
    const asked = isQuick ? quickCommandLine(commandLine) : commandLine;
    return assemble({
      commandLine: isLoadGiven ? unattended(asked) : asked,
      env,
      configFile,
      script,
      isLoadGiven,
    });
  } finally {
    await stopBundler();
  }
}

/** Nobody is there to fill a form. */
function unattended(commandLine: CommandLine): CommandLine {
  return { ...commandLine, values: { ...commandLine.values, headless: true } };
}

function assemble(sources: RunSources, form?: FormLayer): PreparedRun {
  const { commandLine, env, configFile, script, isLoadGiven } = sources;
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
    form,
  });
  if (script instanceof LoadtsError) throw script;
  const { exports, bundle, feeders } = script;
  const { scenarios, thresholds, warnings } = isLoadGiven
    ? { scenarios: [], thresholds: [], warnings: [] }
    : chooseScenarios({ ...resolved, exports: loadExports({ ...resolved, exports, form }) });
  const classes = isLoadGiven
    ? chooseClasses({ ...resolved, exports })
    : scenarios.flatMap((scenario) => scenario.classes);
  return {
    ...resolved,
    config: { ...resolved.config, thresholds },
    warnings: [...resolved.warnings, ...warnings, ...warnOfUnreachable(classes)],
    bundle,
    classes,
    scenarios,
    hooks: readHooks(exports),
    events: readEvents(exports),
    feeders,
    exports,
    reconfigure: (filled) => assemble(sources, filled),
  };
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
