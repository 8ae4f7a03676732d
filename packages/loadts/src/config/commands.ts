import type { CommandOption } from './option.ts';
import { RUN_OPTIONS } from './options.ts';

/** A command of `loadts` and everything that its command line takes. */
export interface CommandDefinition {
  readonly name: 'run';
  readonly summary: string;
  readonly options: readonly CommandOption<unknown>[];
  readonly examples: readonly string[];
}

/** The commands of `loadts`, in the order of its help. */
export const COMMANDS: readonly CommandDefinition[] = [
  {
    name: 'run',
    summary: 'Run a load test on this machine: a master and its workers.',
    options: Object.values(RUN_OPTIONS),
    examples: [
      'loadts run load.ts -H http://localhost:8000 -u 100 -r 10 -t 5m',
      'loadts run checkout.ts --class Shopper Admin --headless',
      'LOADTS_USERS=50 loadts run',
    ],
  },
];
