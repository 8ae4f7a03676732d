import { EXIT_CODES } from '../exit-codes.ts';
import type { CommandOption } from './option.ts';

/** `stop after this time (default: until stopped)` */
export function describeOption({ help, fallback, fallbackText }: CommandOption<unknown>): string {
  const saysItself = typeof fallback === 'number' || typeof fallback === 'string';
  const text = fallbackText ?? (saysItself ? String(fallback) : undefined);
  return text === undefined ? help : `${help} (default: ${text})`;
}

/** What follows the options of a command. */
export function helpFooter(notes: readonly string[], examples: readonly string[]): string {
  return [...notes, listUnder('Examples:', examples)].map((paragraph) => `\n${paragraph}`).join('\n');
}

/** Where the options of a run can stand. */
export const OPTION_SOURCES = `Options can also stand in the script (export const options = { users: 10 }), in
loadts.config.{ts,mjs,json,yaml} and in the environment (LOADTS_SPAWN_RATE=10).
The later of these wins over the earlier, and the command line over all.
A [bool] option takes true or false and means true without: --headless=false.`;

/** How a search goes on. */
export const SEARCH_NOTES = `It doubles the load until the objectives no longer hold, then narrows the ceiling
down and measures it twice. Each load may settle first; times that keep growing
fail it, and so do arrivals that find no free user. It ends with exit code 1 where
not even the lowest load holds, and with 3 where loadts itself was the limit.`;

/** What somebody should know who starts a worker. */
export const WORKER_TRUST = `A worker runs the script that its master sends: join only masters that you trust.
It waits for its master as long as it takes, and leaves with exit code 0 when the
master says goodbye. Ctrl-C makes it leave in order, once more at once.`;

/** What a comparison is worth. */
export const COMPARISON_NOTE = `The last result is compared with all before it. A change is marked where it is 99.9 %
sure; with --regress, the exit code is 1 where such a change is beyond the limit.`;
/** What becomes of the options of `loadts kubernetes`. */
export const KUBERNETES_USE = `The script is bundled here and goes into a ConfigMap, with its data files. Options of
the run, from here, the environment and loadts.config.*, become arguments of the
master; secrets and TLS files go into a Secret. The master runs --headless unless told
otherwise, waits for all workers, and its exit code decides over its Job.`;

/** What a report from a run file is worth. */
export const RUN_FILE_NOTE = `The numbers are those of the run. Where its master died, they end with the last
second that it had recorded, and the verdict is incomplete.`;

/** Every exit code with its meaning. */
export const EXIT_CODE_LINES: string = listUnder(
  'Exit codes:',
  Object.values(EXIT_CODES).map(({ code, meaning }) => `${String(code).padStart(3)}  ${meaning}`),
);

function listUnder(heading: string, lines: readonly string[]): string {
  return [heading, ...lines.map((line) => `  ${line}`)].join('\n');
}
