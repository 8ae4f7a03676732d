import { styleText } from 'node:util';
import { printable } from '@loadts/master';

/** The fields of a pino line that a person wants to see. */
interface LogRecord {
  readonly level: number;
  readonly time: number;
  readonly msg?: string;
  readonly worker?: number;
}

const LABELS: Readonly<Record<number, readonly [label: string, color: 'gray' | 'cyan' | 'yellow' | 'red']>> =
  {
    10: ['trace', 'gray'],
    20: ['debug', 'gray'],
    30: ['info', 'cyan'],
    40: ['warn', 'yellow'],
    50: ['error', 'red'],
    60: ['fatal', 'red'],
  };

/** A pino line as `12:30:05 warn  worker 2: text`, in local time. */
export function formatPrettyLine(json: string, color: boolean): string {
  const record = JSON.parse(json) as LogRecord;
  const time = new Date(record.time).toTimeString().slice(0, 8);
  const [label, paint] = LABELS[record.level] ?? ['info', 'cyan'];
  const padded = label.padEnd(5);
  const shown = color ? styleText(paint, padded, { validateStream: false }) : padded;
  const source = record.worker === undefined ? '' : `worker ${record.worker}: `;
  // A script may print what its target sent, which must not move the cursor.
  const text = (record.msg ?? '').split('\n').map(printable).join('\n');
  return `${time} ${shown} ${source}${text}`;
}
