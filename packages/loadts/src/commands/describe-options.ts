import { formatRegression, formatThreshold, type RunStart } from '@loadts/core';
import type { PreparedRun } from './prepare-run.ts';

type Options = RunStart['options'];

const HIDDEN = '***';

/** The configuration of a run by name, for its record; secrets are masked. */
export function describeOptions({ config, argsText }: Pick<PreparedRun, 'config' | 'argsText'>): Options {
  const { thresholds, regressions, stages, scriptArgs: _, token, ...rest } = config;
  const described = Object.entries(rest).map(([name, value]) => [name, describeValue(value)]);
  return {
    ...(Object.fromEntries(described) as Options),
    thresholds: thresholds.map(formatThreshold),
    regressions: regressions.map(formatRegression),
    stages: stages?.map(({ duration, users }) => `${duration}:${users}`) ?? null,
    scriptArgs: argsText,
    token: token === undefined ? null : HIDDEN,
  };
}

function describeValue(value: string | number | boolean | readonly string[] | undefined): Options[string] {
  return typeof value === 'string' ? maskCredentials(value) : (value ?? null);
}

/** `http://ann:secret@host` is also a place for a password, and a query one for a key or a signature. */
export function maskCredentials(text: string): string {
  return text
    .replace(/^(https?:\/\/)[^/@]*@/, `$1${HIDDEN}@`)
    .replace(/^(https?:\/\/[^?]*\?).+$/s, `$1${HIDDEN}`);
}
