import type { MasterConfig, TokenConfig, WorkerConfig } from './network-config.ts';
import type { CommandOption } from './option.ts';
import type { OptionTable } from './option-table.ts';
import { RUN_OPTIONS } from './options.ts';
import { parseNetworkHost } from './parse-network-host.ts';
import { duration, fileName, someText, wholeNumber, wholeNumberOrAuto } from './parse-value.ts';
import type { RunConfig } from './run-config.ts';

const DEFAULT_PORT = 5_557;

const TOKEN_OPTIONS: OptionTable<TokenConfig> = {
  token: {
    flags: '--token <text>',
    group: 'Network:',
    help: 'the secret that master and workers share',
    parse: someText,
    fallback: undefined,
  },
  tokenFile: {
    flags: '--token-file <file>',
    group: 'Network:',
    help: 'a file that holds it, which no list of processes shows',
    parse: fileName,
    fallback: undefined,
  },
};

/** What `loadts master` takes besides the options of a run. */
export const MASTER_OPTIONS: OptionTable<MasterConfig & TokenConfig> = {
  expectWorkers: {
    flags: '--expect-workers <n>',
    group: 'Network:',
    help: 'start when so many workers are ready',
    parse: wholeNumber(1, 10_000),
    fallback: 1,
  },
  expectWorkersMaxWaitMs: {
    flags: '--expect-workers-max-wait <time>',
    group: 'Network:',
    help: 'how long to wait for them, then exit 4; 0 is forever',
    parse: duration(0),
    fallback: 0,
    fallbackText: '0',
  },
  masterBindHost: {
    flags: '--master-bind-host <host>',
    group: 'Network:',
    help: 'address on which workers are awaited; 0.0.0.0 is all',
    parse: parseNetworkHost,
    fallback: '127.0.0.1',
  },
  masterBindPort: {
    flags: '--master-bind-port <port>',
    group: 'Network:',
    help: 'its port; 0 takes a free one',
    parse: wholeNumber(0, 65_535),
    fallback: DEFAULT_PORT,
  },
  masterLostTimeoutMs: {
    flags: '--master-lost-timeout <time>',
    group: 'Network:',
    help: 'when users of a worker that lost the master end; not with rebalance',
    parse: duration(1_000),
    fallback: 15_000,
    fallbackText: '15s',
  },
  ...TOKEN_OPTIONS,
  tlsCert: {
    flags: '--tls-cert <file>',
    group: 'Network:',
    help: "the master's certificate in PEM, for TLS",
    parse: fileName,
    fallback: undefined,
  },
  tlsKey: {
    flags: '--tls-key <file>',
    group: 'Network:',
    help: 'and its key',
    parse: fileName,
    fallback: undefined,
  },
};

/** Options of a run that mean the same for a worker alone. */
type SharedField = 'logLevel' | 'logFile' | 'logFormat';

/** Every option of `loadts worker`, in the order of its `--help`. */
export type WorkerValues = WorkerConfig &
  Pick<RunConfig, SharedField> & { readonly processes: number | 'auto' };

export const WORKER_OPTIONS: OptionTable<WorkerValues> = {
  processes: {
    flags: '--processes <n>',
    group: 'Workers:',
    help: 'processes, each of which is one worker; auto is one for each CPU core',
    parse: wholeNumberOrAuto(1, 1_024),
    fallback: 1,
  },
  masterHost: {
    flags: '--master-host <host>',
    group: 'Network:',
    help: 'where the master is',
    parse: parseNetworkHost,
    fallback: '127.0.0.1',
  },
  masterPort: {
    flags: '--master-port <port>',
    group: 'Network:',
    help: 'and its port',
    parse: wholeNumber(1, 65_535),
    fallback: DEFAULT_PORT,
  },
  ...TOKEN_OPTIONS,
  tlsCa: {
    flags: '--tls-ca <file>',
    group: 'Network:',
    help: "who has signed the master's certificate, in PEM; turns TLS on",
    parse: fileName,
    fallback: undefined,
  },
  logLevel: RUN_OPTIONS.logLevel,
  logFile: RUN_OPTIONS.logFile,
  logFormat: RUN_OPTIONS.logFormat,
};

/** The options of all commands. A file or an environment that several of them share may set any of these. */
export const ALL_OPTIONS: readonly CommandOption<unknown>[] = Object.values({
  ...WORKER_OPTIONS,
  ...MASTER_OPTIONS,
  ...RUN_OPTIONS,
});
