import { randomBytes } from 'node:crypto';
import { sharedHost } from '@loadts/core';
import { loadScript } from '@loadts/worker';
import { environmentLayer } from '../config/environment-layer.ts';
import { KUBERNETES_OPTIONS, type KubernetesConfig, PASSED_OPTIONS } from '../config/kubernetes-options.ts';
import { isUrl } from '../config/looks-like-script.ts';
import { longFlag, optionKey } from '../config/option.ts';
import type { CommandLine } from '../config/parse-command-line.ts';
import { isLoopback } from '../config/parse-network-host.ts';
import type { Problem } from '../config/problem.ts';
import { readConfigFile } from '../config/read-config-file.ts';
import { ARG_PREFIX } from '../config/resolve-args.ts';
import { resolveOptions } from '../config/resolve-options.ts';
import { type ResolvedRunConfig, resolveRunConfig } from '../config/resolve-run-config.ts';
import { exitCodeFor } from '../exit-codes.ts';
import { SCRIPTS_FOLDER } from '../kubernetes/cluster-run.ts';
import { printManifests } from '../kubernetes/print-manifests.ts';
import { runArguments } from '../kubernetes/run-arguments.ts';
import { collectScriptFiles, type ScriptFile } from '../kubernetes/script-files.ts';
import { readMasterTls, readWorkerTls } from '../network/read-tls.ts';
import { resolveToken } from '../network/resolve-token.ts';
import { stopBundler } from '../script/bundle-script.ts';
import { requireHost } from '../script/script-contents.ts';
import type { Terminal } from '../terminal.ts';
import { prepareRun } from './prepare-run.ts';

const API_URL = new URL('../index.js', import.meta.url).href;
const ANYWHERE = '0.0.0.0';
/** Images have to be pulled, and nodes may have to be made. */
const MAX_WAIT = '10m';
const LOG_OPTIONS = ['loglevel', 'logFormat'];

/** A run that has been checked, and the script as the master finds it. */
interface CheckedRun {
  readonly resolved: ResolvedRunConfig;
  readonly host: string | undefined;
  readonly script: string;
  readonly files: readonly ScriptFile[];
}

/** `loadts kubernetes`: checks a run as `loadts master` would and prints its manifests. @returns the exit code */
export async function kubernetesCommand(commandLine: CommandLine, terminal: Terminal): Promise<number> {
  const { env, stdout, stderr } = terminal;
  const { values: own, problems } = resolveOptions(KUBERNETES_OPTIONS, [
    { ...commandLine, locate: longFlag },
  ]);
  const all = {
    ...commandLine,
    problems: [...problems, ...requireImage(commandLine), ...requirePath(commandLine, own)],
  };
  const { resolved, host, script, files } = await checkRun(all, env, own);
  for (const warning of [...resolved.warnings, ...warnOfLoopback(host)])
    stderr.write(`warning: ${warning}\n`);
  const layers = [commandLine, environmentLayer(env, PASSED_OPTIONS), await fileLayer()];
  const text = printManifests({
    ...own,
    image: own.image ?? '',
    script,
    files,
    runArguments: [...runArguments(PASSED_OPTIONS, layers), ...defaultArguments(resolved, own.workers)],
    logArguments: runArguments(
      PASSED_OPTIONS.filter((option) => LOG_OPTIONS.includes(optionKey(option))),
      layers,
    ),
    stopTimeoutMs: resolved.config.stopTimeoutMs,
    secrets: await collectSecrets(resolved, own, env),
  });
  stdout.write(text);
  return exitCodeFor({});
}

function requireImage({ values }: CommandLine): Problem[] {
  if (values['image'] !== undefined) return [];
  const hint =
    'build docker/Dockerfile, push it where your cluster can pull it, and give its name to --image';
  return [{ text: '--image is missing', hint }];
}

function requirePath({ argument }: CommandLine, { scriptInImage }: KubernetesConfig): Problem[] {
  if (!scriptInImage || argument.startsWith('/')) return [];
  const text = `--script-in-image: ${JSON.stringify(argument)} is not an absolute path`;
  return [{ text, hint: 'give the path that the script has in the image, such as /scripts/load.ts' }];
}

async function checkRun(
  commandLine: CommandLine,
  env: Terminal['env'],
  { scriptInImage }: KubernetesConfig,
): Promise<CheckedRun> {
  if (scriptInImage) return checkWithoutScript(commandLine);
  const prepared = await prepareRun(commandLine, env);
  const { classes, config, bundle, feeders } = prepared;
  requireHost(classes, config.host);
  const host = config.host ?? sharedHost(classes);
  const { argument } = commandLine;
  if (isUrl(argument)) return { resolved: prepared, host: argument, script: argument, files: [] };
  const files = await collectScriptFiles(bundle, feeders);
  return { resolved: prepared, host, script: `${SCRIPTS_FOLDER}/${files[0]?.path}`, files };
}

/** What the script says of itself, its arguments included, shows in the cluster only. */
function checkWithoutScript({ argument, values, problems }: CommandLine): CheckedRun {
  const { arg: _, profile: __, ...known } = values;
  const resolved = resolveRunConfig({ commandLine: { values: known, problems }, env: {} });
  return { resolved, host: resolved.config.host, script: argument, files: [] };
}

function warnOfLoopback(host: string | undefined): string[] {
  if (host === undefined || !isLoopback(new URL(host).hostname)) return [];
  return [`${host} is the worker's own pod in a cluster; give --host the address of the target's Service`];
}

async function fileLayer(): Promise<{ readonly values: Readonly<Record<string, unknown>> }> {
  try {
    const file = await readConfigFile(process.cwd(), (bundle) => loadScript(bundle, API_URL));
    return { values: (file?.content ?? {}) as Readonly<Record<string, unknown>> };
  } finally {
    await stopBundler();
  }
}

function defaultArguments({ given }: ResolvedRunConfig, workers: number): string[] {
  return [
    ...(given.has('headless') ? [] : ['--headless']),
    ...(given.has('expectWorkers') ? [] : [`--expect-workers=${workers}`]),
    ...(given.has('expectWorkersMaxWaitMs') ? [] : [`--expect-workers-max-wait=${MAX_WAIT}`]),
  ];
}

async function collectSecrets(
  { config }: ResolvedRunConfig,
  { tlsCa }: KubernetesConfig,
  env: Terminal['env'],
): Promise<Record<string, string>> {
  const tls = await readMasterTls(config);
  const ca = await readWorkerTls(tlsCa);
  const args = Object.entries(env).filter(([name, value]) => name.startsWith(ARG_PREFIX) && value !== '');
  return {
    token: (await resolveToken(config, ANYWHERE)) ?? randomBytes(24).toString('hex'),
    ...(tls === undefined ? undefined : { 'tls.crt': tls.cert, 'tls.key': tls.key }),
    ...(ca === undefined ? undefined : { 'ca.crt': ca }),
    ...(Object.fromEntries(args) as Record<string, string>),
  };
}
