import { LoadtsError } from '@loadts/core';
import type { WorkerValues } from '../config/network-options.ts';
import type { CommandLine } from '../config/parse-command-line.ts';
import { readConfigFile } from '../config/read-config-file.ts';
import { resolveWorkerConfig } from '../config/resolve-worker-config.ts';
import { exitCodeFor } from '../exit-codes.ts';
import { createLogger } from '../logging/create-logger.ts';
import { NetworkWorkers } from '../network/network-workers.ts';
import { readWorkerTls } from '../network/read-tls.ts';
import { resolveToken } from '../network/resolve-token.ts';
import { stopBundler } from '../script/bundle-script.ts';
import { type Terminal, wantsColor } from '../terminal.ts';
import { listenToSignals, type StopSignal } from './run-signals.ts';

const API_URL = new URL('../index.js', import.meta.url).href;

/** `loadts worker`: joins a master until it says goodbye, or until a signal. @returns the exit code */
export async function workerCommand(commandLine: CommandLine, terminal: Terminal): Promise<number> {
  const { env, stderr } = terminal;
  const configFile = await readConfigFile(process.cwd(), async (bundle) => {
    // Only a file in TypeScript needs it, and without it a worker starts sooner.
    const { loadScript } = await import('@loadts/worker');
    return await loadScript(bundle, API_URL);
  });
  await stopBundler();
  const { config, warnings } = resolveWorkerConfig({ commandLine, env, configFile });
  const logger = createLogger({
    level: config.logLevel,
    format: config.logFormat ?? (stderr.isTTY === true ? 'pretty' : 'json'),
    file: config.logFile,
    color: wantsColor(stderr, env),
    print: (line) => void stderr.write(`${line}\n`),
  });
  for (const warning of warnings) logger.warn(warning);
  const ca = await readWorkerTls(config.tlsCa);
  const token = await resolveToken(config, config.masterHost);
  if (token === undefined) throw noToken(config);
  const order = { masterUrl: urlOf(config), token, logLevel: config.logLevel, ca, isPatient: true };
  const workers = new NetworkWorkers({ count: config.processes, order, logger });
  let aborted: StopSignal | undefined;
  const ignore = listenToSignals({
    stop: (signal) => {
      logger.info(`${signal}: leaving; once more to abort`);
      workers.leave();
    },
    abort: (signal) => {
      aborted = signal;
      workers.kill();
    },
  });
  try {
    await workers.run();
    return exitCodeFor({ signal: aborted });
  } finally {
    ignore();
  }
}

function urlOf({ masterHost, masterPort, tlsCa }: WorkerValues): string {
  const host = masterHost.includes(':') ? `[${masterHost}]` : masterHost;
  return `${tlsCa === undefined ? 'ws' : 'wss'}://${host}:${masterPort}`;
}

function noToken({ masterHost }: WorkerValues): LoadtsError {
  return new LoadtsError('CONFIG_INVALID', `no token for the master at ${masterHost}`, {
    hint: 'paste the command that the master prints, or give both the same --token, LOADTS_TOKEN or --token-file',
  });
}
