import { FIND_OPTIONS, FIND_RUN_OPTIONS } from '../find/find-options.ts';
import { COMPARE_OPTIONS } from './compare-options.ts';
import {
  COMPARISON_NOTE,
  EXIT_CODE_LINES,
  KUBERNETES_USE,
  OPTION_SOURCES,
  RUN_FILE_NOTE,
  SEARCH_NOTES,
  WORKER_TRUST,
} from './help-text.ts';
import { CLUSTER_OPTIONS } from './kubernetes-options.ts';
import { MASTER_OPTIONS, WORKER_OPTIONS } from './network-options.ts';
import type { CommandOption } from './option.ts';
import { RUN_OPTIONS } from './options.ts';
import { REPORT_OPTIONS } from './report-options.ts';

export type CommandName = 'run' | 'find' | 'master' | 'worker' | 'report' | 'compare' | 'init' | 'kubernetes';

/** What stands after a command without a flag. */
export interface CommandArgument {
  /** In one word, for help and messages: `script`. */
  readonly name: string;
  readonly help: string;
  /** What is taken where the command line has none. */
  readonly fallback: string;
  /** Whether several can be given. */
  readonly many?: true;
}

/** A command of `loadts` and everything that its command line takes. */
export interface CommandDefinition {
  readonly name: CommandName;
  readonly summary: string;
  /** Undefined: it takes options only. */
  readonly argument: CommandArgument | undefined;
  readonly options: readonly CommandOption<unknown>[];
  /** Paragraphs of its help after the options. */
  readonly notes: readonly string[];
  readonly examples: readonly string[];
}

const SCRIPT_ARGUMENT: CommandArgument = {
  name: 'script',
  help: 'the load test in TypeScript or JavaScript, or a URL to GET',
  fallback: 'load.ts',
};

/** Who may use the web UI of `loadts run`: the same secret as on a master, in other words. */
const WEB_TOKEN = {
  ...MASTER_OPTIONS.token,
  group: 'Web UI:',
  help: 'the secret that the web UI asks for, where it is not on loopback',
} as const;
const WEB_TOKEN_FILE = { ...MASTER_OPTIONS.tokenFile, group: 'Web UI:' } as const;

const { processes: _, ...DISTRIBUTED_OPTIONS } = RUN_OPTIONS;

/** The commands of `loadts`, in the order of its help. */
export const COMMANDS: readonly CommandDefinition[] = [
  {
    name: 'run',
    summary: 'Run a load test on this machine: a master and its workers.',
    argument: SCRIPT_ARGUMENT,
    options: Object.values({ ...RUN_OPTIONS, token: WEB_TOKEN, tokenFile: WEB_TOKEN_FILE }),
    notes: [OPTION_SOURCES, EXIT_CODE_LINES],
    examples: [
      'loadts run load.ts -H http://localhost:8000',
      'loadts run load.ts --headless -H http://localhost:8000 -u 100 -r 10 -t 5m',
      'loadts run http://localhost:8000/status -u 10 -t 30s',
      'loadts run checkout.ts --class Shopper Admin --headless',
      'LOADTS_USERS=50 loadts run',
    ],
  },
  {
    name: 'find',
    summary: 'Find the highest load at which objectives hold.',
    argument: SCRIPT_ARGUMENT,
    options: [...Object.values(FIND_OPTIONS), ...Object.values(FIND_RUN_OPTIONS)],
    notes: [SEARCH_NOTES, EXIT_CODE_LINES],
    examples: [
      "loadts find load.ts -H http://localhost:8000 --slo 'p95 < 300ms, errors < 1%'",
      "loadts find load.ts --by rate --from 10 --to 2000 --slo 'p99 < 1s' --json capacity.json",
    ],
  },
  {
    name: 'master',
    summary: 'Run a load test on workers that connect over the network.',
    argument: SCRIPT_ARGUMENT,
    options: Object.values({ ...DISTRIBUTED_OPTIONS, ...MASTER_OPTIONS }),
    notes: [OPTION_SOURCES, EXIT_CODE_LINES],
    examples: [
      'loadts master load.ts --web-host 0.0.0.0 --token-file token --expect-workers 2',
      'loadts master load.ts --headless -H http://10.0.0.9:8000 --expect-workers 2',
      'loadts master load.ts --headless --master-bind-host 0.0.0.0 --token-file token',
    ],
  },
  {
    name: 'worker',
    summary: 'Join a master and run its load. Needs no script: the master sends it.',
    argument: undefined,
    options: Object.values(WORKER_OPTIONS),
    notes: [WORKER_TRUST],
    examples: ['loadts worker', 'loadts worker --master-host 10.0.0.5 --token-file token --processes auto'],
  },
  {
    name: 'report',
    summary: 'Make the report of a run again from its run file, also after a crash.',
    argument: {
      name: 'run-file',
      help: 'what loadts run has recorded, or a folder: its newest run',
      fallback: '.loadts/runs',
      many: true,
    },
    options: Object.values(REPORT_OPTIONS),
    notes: [RUN_FILE_NOTE, EXIT_CODE_LINES],
    examples: [
      'loadts report --csv out/run',
      'loadts report .loadts/runs/20261121-140322-9f3a1c --json run.json',
      'loadts report one.run two.run --merge',
    ],
  },
  {
    name: 'compare',
    summary: 'Show the result of a run beside those of earlier ones.',
    argument: {
      name: 'result',
      help: 'what loadts run --json wrote: the earlier ones first',
      fallback: '',
      many: true,
    },
    options: Object.values(COMPARE_OPTIONS),
    notes: [COMPARISON_NOTE],
    examples: [
      'loadts compare main.json new.json',
      "loadts compare main.json new.json --regress 'p95 < max(1.10x, +20ms)' --markdown comment.md",
      'loadts compare monday.json tuesday.json new.json --html comparison.html',
    ],
  },
  {
    name: 'init',
    summary: 'Write a first script, with what an editor and npm need beside it.',
    argument: { name: 'folder', help: 'where to write; it is created if need be', fallback: '.' },
    options: [],
    notes: ['Files that are there already are listed and left as they are.'],
    examples: ['loadts init', 'loadts init load-tests'],
  },
  {
    name: 'kubernetes',
    summary: 'Print the manifests of a run on Kubernetes: a master, its workers and what they need.',
    argument: SCRIPT_ARGUMENT,
    options: CLUSTER_OPTIONS,
    notes: [KUBERNETES_USE],
    examples: [
      'loadts kubernetes load.ts --image registry.example.com/loadts:0.1.0 --workers 20 \\\n    -H http://shop.staging -u 5000 -r 100 -t 10m | kubectl apply --server-side -f -',
    ],
  },
];
