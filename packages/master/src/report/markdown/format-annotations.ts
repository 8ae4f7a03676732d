import type { RunResult } from '@loadts/core';

/** GitHub shows no more than ten of a kind. */
const MAX_ANNOTATIONS = 10;

/** Workflow commands that put failed thresholds, and what makes a run prove nothing, beside a build on GitHub. */
export function formatAnnotations({ thresholds, verdict, warnings }: RunResult): string[] {
  const failed = thresholds.filter(({ passed }) => !passed);
  const told = failed.map(({ threshold, reason }) => `${threshold}: ${reason}`);
  const others = verdict.reasons.filter((reason) => !told.includes(reason));
  const errors = [
    ...told.map((text) => command('error', 'Threshold failed', text)),
    ...others.map((reason) => command('error', `Load test ${verdict.kind}`, reason)),
  ];
  const notes = warnings.map((warning) => command('warning', 'Load test', warning));
  return [...errors.slice(0, MAX_ANNOTATIONS), ...notes.slice(0, MAX_ANNOTATIONS)];
}

/** @param title without colons and commas */
function command(kind: 'error' | 'warning', title: string, text: string): string {
  return `::${kind} title=${title}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '%': '%25', '\r': '%0D', '\n': '%0A' };
  return text
    .replaceAll(/[%\r\n]/g, (character) => escapes[character] as string)
    .replaceAll(/\p{Cc}/gu, '\ufffd');
}
