import { allowedCores } from './allowed-cores.ts';
import { objectLayer } from './config-layer.ts';
import { environmentLayer, warnOfUnknownVariables } from './environment-layer.ts';
import { ALL_OPTIONS, WORKER_OPTIONS, type WorkerValues } from './network-options.ts';
import { longFlag } from './option.ts';
import { configError } from './problem.ts';
import { resolveOptions } from './resolve-options.ts';
import type { RunConfigSources } from './resolve-run-config.ts';

export interface ResolvedWorkerConfig {
  readonly config: WorkerValues & { readonly processes: number };
  /** One sentence each. */
  readonly warnings: readonly string[];
}

/** The configuration of `loadts worker`. @throws LoadtsError `CONFIG_INVALID` with every problem. */
export function resolveWorkerConfig({
  commandLine,
  env,
  configFile,
  countCores = allowedCores,
}: Pick<RunConfigSources, 'commandLine' | 'env' | 'configFile' | 'countCores'>): ResolvedWorkerConfig {
  const layers = [{ ...commandLine, locate: longFlag }, environmentLayer(env, ALL_OPTIONS)];
  if (configFile) {
    const layer = objectLayer(configFile.name, configFile.content, ALL_OPTIONS);
    layers.push({ ...layer, problems: [...configFile.problems, ...layer.problems] });
  }
  const { values, problems } = resolveOptions(WORKER_OPTIONS, layers);
  if (problems.length > 0) throw configError(problems);
  const processes = values.processes === 'auto' ? countCores() : values.processes;
  return { config: { ...values, processes }, warnings: warnOfUnknownVariables(env, ALL_OPTIONS) };
}
