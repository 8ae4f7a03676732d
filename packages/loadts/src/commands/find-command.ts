import { longFlag } from '../config/option.ts';
import type { CommandLine } from '../config/parse-command-line.ts';
import { configError, type Problem } from '../config/problem.ts';
import { resolveOptions } from '../config/resolve-options.ts';
import type { FindConfig } from '../find/find-config.ts';
import { FIND_OPTIONS } from '../find/find-options.ts';
import type { Terminal } from '../terminal.ts';
import { runLocally } from './run-locally.ts';

/** `loadts find`: the highest load at which objectives hold, on local workers. @returns the exit code */
export function findCommand(commandLine: CommandLine, terminal: Terminal): Promise<number> {
  const find = readFindConfig(commandLine);
  return runLocally(commandLine, terminal, find);
}

/** @throws LoadtsError `CONFIG_INVALID` with all that is wrong with the search itself */
function readFindConfig({ values }: CommandLine): FindConfig {
  const layer = { values, locate: longFlag, problems: [] };
  const { values: find, problems } = resolveOptions(FIND_OPTIONS, [layer]);
  const all = problems.length > 0 ? problems : findProblems(find);
  if (all.length > 0) throw configError(all);
  return find;
}

function findProblems({ slo, from, to, by }: FindConfig): Problem[] {
  const problems: Problem[] = [];
  if (slo.length === 0) {
    problems.push({
      text: '--slo is missing: what has to hold?',
      hint: "add --slo 'p95 < 300ms, errors < 1%'",
    });
  }
  if (from >= to) {
    problems.push({ text: `--from ${from} is not below --to ${to}`, hint: 'from is the lowest load to try' });
  }
  if (by === 'users' && !(Number.isInteger(from) && Number.isInteger(to))) {
    problems.push({
      text: 'there are no parts of users',
      hint: 'give --from and --to whole numbers, or --by rate',
    });
  }
  return problems;
}
