import { styleText } from 'node:util';

/** How a text is written for a terminal. */
export interface ReportStyle {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
}

export type TextFormat = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/** Formats a text for a terminal, where the style wants colours. */
export function paint(style: ReportStyle, format: TextFormat | undefined, text: string): string {
  if (!style.color || format === undefined || text === '') return text;
  // The caller has decided; newer versions of Node would look at stdout and decide again.
  return styleText(format, text, { validateStream: false });
}
