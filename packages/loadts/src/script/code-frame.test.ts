import { describe, expect, it } from 'vitest';
import { formatCodeFrame } from './code-frame.ts';

describe('formatCodeFrame', () => {
  it('shows the place, the line and a caret below the column', () => {
    const frame = { file: 'load.ts', line: 3, column: 6, text: 'wrong', lineText: '\tlet 1a;' };
    expect(formatCodeFrame(frame)).toBe('load.ts:3:6: wrong\n    \tlet 1a;\n    \t    ^');
  });

  it('shows only a part of a very long line', () => {
    const lineText = `${'a'.repeat(500)}!${'b'.repeat(500)}`;
    const [, line = '', caret = ''] = formatCodeFrame({
      file: 'a.js',
      line: 1,
      column: 501,
      text: 'wrong',
      lineText,
    }).split('\n');
    expect(line.length).toBeLessThan(120);
    expect(line[caret.indexOf('^')]).toBe('!');
  });
});
