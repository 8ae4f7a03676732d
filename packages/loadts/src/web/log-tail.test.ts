import { describe, expect, it } from 'vitest';
import { createLogger } from '../logging/create-logger.ts';
import { LogTail } from './log-tail.ts';

describe('LogTail', () => {
  it('keeps the newest 500 lines, with level and worker, and tells each', () => {
    const tail = new LogTail();
    const told: string[] = [];
    const printed: string[] = [];
    tail.onLine = ({ text }) => void told.push(text);
    const logger = createLogger({
      level: 'info',
      format: 'json',
      file: undefined,
      color: false,
      print: (line) => void printed.push(line),
      onLine: (line) => tail.add(line),
    });
    logger.debug('not wanted');
    logger.warn({ worker: 3 }, 'slow');
    for (let i = 0; i < 500; i++) logger.info(`line ${i}`);
    expect(told).toHaveLength(501);
    expect(printed).toHaveLength(501);
    expect(told[0]).toBe('slow');
    expect(tail.lines).toHaveLength(500);
    logger.warn({ worker: 3 }, 'slow');
    expect(tail.lines.at(-1)).toMatchObject({ level: 'warn', worker: 3, text: 'slow' });
    expect(tail.lines[0]).toMatchObject({ level: 'info', worker: null, text: 'line 1' });
  });
});
