import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Comparison, compareResults, judgeRegression, LoadtsError } from '@loadts/core';
import {
  type ComparedRun,
  comparisonHtml,
  comparisonMarkdown,
  formatComparison,
  formatRegressions,
} from '@loadts/master';
import { COMPARE_OPTIONS, type CompareConfig } from '../config/compare-options.ts';
import { longFlag } from '../config/option.ts';
import type { CommandLine } from '../config/parse-command-line.ts';
import { configError } from '../config/problem.ts';
import { resolveOptions } from '../config/resolve-options.ts';
import { exitCodeFor } from '../exit-codes.ts';
import { type Terminal, wantsColor } from '../terminal.ts';
import { readResultFile } from './read-baselines.ts';

const WIDTH_WITHOUT_TERMINAL = 160;

/** `loadts compare`: the last result beside those before it. @returns the exit code: 1 where `--regress` fails */
export async function compareCommand(commandLine: CommandLine, { stdout, env }: Terminal): Promise<number> {
  const config = readConfig(commandLine);
  const names = [commandLine.argument, ...(commandLine.further ?? [])].filter((name) => name !== '');
  if (names.length < 2) {
    throw new LoadtsError('CONFIG_INVALID', 'a comparison needs two results', {
      hint: 'write loadts compare main.json new.json, with files that loadts run --json wrote',
    });
  }
  const runs = await Promise.all(names.map(async (name) => ({ name, result: await readResultFile(name) })));
  const sides = { baselines: runs.slice(0, -1), run: runs.at(-1) as ComparedRun };
  const results = sides.baselines.map(({ result }) => result);
  const comparison = compareResults(sides.run.result, results);
  const judged = config.regressions.map((regression) =>
    judgeRegression(regression, sides.run.result, results, sides.run.result.seed),
  );
  const style = {
    width: stdout.columns || (stdout.isTTY ? 80 : WIDTH_WITHOUT_TERMINAL),
    color: wantsColor(stdout, env),
  };
  const texts = [formatRegressions(judged, style), formatComparison(comparison, sides, style)];
  stdout.write(`${texts.filter((text) => text !== '').join('\n\n')}\n`);
  const files = await writeFiles(config, comparison, sides);
  if (files.length > 0) stdout.write(`Files: ${files.join(', ')}\n`);
  return exitCodeFor({ verdict: judged.every(({ passed }) => passed) ? 'pass' : 'fail' });
}

function readConfig(commandLine: CommandLine): CompareConfig {
  const layers = [{ ...commandLine, locate: longFlag }];
  const { values, problems } = resolveOptions(COMPARE_OPTIONS, layers);
  if (problems.length > 0) throw configError(problems);
  return values;
}

async function writeFiles(
  { markdown, html }: CompareConfig,
  comparison: Comparison,
  sides: Parameters<typeof comparisonHtml>[1],
): Promise<string[]> {
  const files = [
    { path: markdown, flag: '--markdown', format: comparisonMarkdown },
    { path: html, flag: '--html', format: comparisonHtml },
  ];
  const written: string[] = [];
  for (const { path, flag, format } of files) {
    if (path === undefined) continue;
    await writeText(path, flag, format(comparison, sides));
    written.push(path);
  }
  return written;
}

async function writeText(path: string, flag: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LoadtsError('FILE_NOT_WRITABLE', `cannot write ${path}: ${reason}`, {
      hint: `give ${flag} a file in a folder that can be written`,
      cause,
    });
  }
}
