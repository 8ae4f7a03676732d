import { describe, expect, it } from 'vitest';
import { formatPrettyLine } from './pretty-line.ts';

const format = (record: object, color = false): string =>
  formatPrettyLine(JSON.stringify({ level: 30, time: 0, ...record }), color);

describe('formatPrettyLine', () => {
  it('shows the time, the level and the text', () => {
    expect(format({ level: 40, msg: 'careful' })).toMatch(/^\d\d:\d\d:\d\d warn {2}careful$/);
  });

  it('names the worker that a line comes from', () => {
    expect(format({ worker: 3, msg: 'hello' })).toMatch(/info {2}worker 3: hello$/);
  });

  it('keeps the lines of a text and disarms its control characters', () => {
    const text = format({ msg: 'first\nsecond\u001b[2J' });
    expect(text).toContain('first\nsecond');
    expect(text).not.toContain('\u001b');
  });

  it('has colours only where they are wanted', () => {
    expect(format({ msg: 'plain' })).not.toContain('\u001b');
    expect(format({ msg: 'colourful' }, true)).toContain('\u001b[');
  });
});
