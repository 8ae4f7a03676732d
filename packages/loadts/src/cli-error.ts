import { inspect, styleText } from 'node:util';
import { LoadtsError } from '@loadts/core';

/** How an error is shown on the terminal. The caller decides on colour, from `NO_COLOR` and the stream. */
export interface CliErrorFormat {
  readonly color: boolean;
}

/**
 * The text of an error without a final line break: what is wrong, then what to do.
 * Anything but a `LoadtsError` is a bug of loadts and is shown with its stack.
 */
export function formatCliError(error: unknown, format: CliErrorFormat): string {
  const label = paint('error:', 'red', format);
  if (!(error instanceof LoadtsError)) {
    const hint = 'this is a bug in loadts; please report it together with the lines above';
    return `${label} internal error: ${describeUnknown(error)}\n${formatHint(hint, format)}`;
  }
  const text = `${label} ${error.message}`;
  return error.hint === undefined ? text : `${text}\n${formatHint(error.hint, format)}`;
}

function formatHint(hint: string, format: CliErrorFormat): string {
  return `  ${paint('hint:', 'cyan', format)} ${hint}`;
}

// `inspect` also shows the causes, each with its own stack.
function describeUnknown(error: unknown): string {
  return inspect(error, { colors: false });
}

function paint(text: string, color: 'red' | 'cyan', format: CliErrorFormat): string {
  // Newer versions of Node would look at stdout, while errors go to stderr.
  return format.color ? styleText(color, text, { validateStream: false }) : text;
}
