import { type ExceptionStatistics, type FailureStatistics, nameInScenario } from '@loadts/core';
import { formatCount } from './format-number.ts';
import { printable, shorten, wrap } from './printable-text.ts';
import { paint, type ReportStyle } from './style.ts';

const MAX_FAILURE_KINDS = 20;
const MAX_EXCEPTION_KINDS = 10;
const MAX_STACK_LINES = 10;
const MAX_TEXT_LINES = 3;

/** Why requests failed, most frequent first; no line where none did. */
export function formatFailures(failures: readonly FailureStatistics[], style: ReportStyle): string[] {
  const counts = countWidth(failures);
  const lines = failures.slice(0, MAX_FAILURE_KINDS).flatMap(({ key, reason, count }) => {
    const text = `${key.method} ${nameInScenario(key)}: ${reason}`;
    return formatProblem(String(count).padStart(counts), text, style);
  });
  return [...lines, ...formatRest(failures, MAX_FAILURE_KINDS, counts)];
}

/** What the script threw, with the user's own lines; no line where it threw nothing. */
export function formatExceptions(exceptions: readonly ExceptionStatistics[], style: ReportStyle): string[] {
  const counts = countWidth(exceptions);
  const lines = exceptions.slice(0, MAX_EXCEPTION_KINDS).flatMap((exception) => {
    const { head, calls } = splitStack(exception);
    const where = [exception.userClass, exception.task].filter((part) => part !== '').join('.');
    return [
      ...formatProblem(String(exception.count).padStart(counts), `${where}: ${head}`, style),
      ...formatCalls(calls, counts + 4, style),
    ];
  });
  return [...lines, ...formatRest(exceptions, MAX_EXCEPTION_KINDS, counts)];
}

function countWidth(problems: readonly { readonly count: number }[]): number {
  return Math.max(5, ...problems.map(({ count }) => String(count).length));
}

function formatProblem(count: string, text: string, style: ReportStyle): string[] {
  const indent = ' '.repeat(count.length + 2);
  const width = Math.max(20, style.width - indent.length);
  const lines = wrap(printable(text.replace(/\s+/g, ' ').trim()), width);
  const shown = lines.slice(0, MAX_TEXT_LINES);
  if (lines.length > MAX_TEXT_LINES) {
    shown[MAX_TEXT_LINES - 1] = shorten(lines.slice(MAX_TEXT_LINES - 1).join(' '), width);
  }
  return shown.map((line, i) => (i === 0 ? `${paint(style, 'red', count)}  ${line}` : indent + line));
}

function formatRest(
  problems: readonly { readonly count: number }[],
  shown: number,
  indent: number,
): string[] {
  const rest = problems.slice(shown);
  if (rest.length === 0) return [];
  const occurrences = rest.reduce((total, { count }) => total + count, 0);
  return [
    `${' '.repeat(indent + 2)}… and ${rest.length} more kinds, ${formatCount(occurrences, 'occurrence')}`,
  ];
}

/** A stack repeats its message; this finds the error's name before it and the calls after it. */
function splitStack({ message, stack }: ExceptionStatistics): { head: string; calls: string[] } {
  const repeated = `: ${message}`;
  const start = stack.indexOf(repeated);
  const isRepeated = start > 0 && !stack.slice(0, start).includes('\n');
  const end = isRepeated ? start + repeated.length : 0;
  return {
    head: isRepeated ? stack.slice(0, end) : message,
    calls: stack
      .slice(end)
      .split('\n')
      .filter((line) => line.trim() !== ''),
  };
}

function formatCalls(calls: readonly string[], indent: number, style: ReportStyle): string[] {
  const width = Math.max(20, style.width - indent);
  const shown = calls.slice(0, MAX_STACK_LINES).map((call) => shorten(printable(call.trim()), width));
  if (calls.length > MAX_STACK_LINES) shown.push(`… ${calls.length - MAX_STACK_LINES} more lines`);
  return shown.map((call) => ' '.repeat(indent) + paint(style, 'dim', call));
}
