import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { printable, shorten, wrap } from './printable-text.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('printable', () => {
  it('leaves ordinary text in any language as it is', () => {
    for (const text of ['GET /api/[id]?q=1', '/検索', 'größer', '👍🏽 ❤️', 'नमस्ते']) {
      expect(printable(text)).toBe(text);
    }
  });

  it('shows line breaks, tabs and escape characters as symbols', () => {
    expect(printable('a\r\nb\tc\x1b[2Jd\x7f')).toBe('a␍␊b␉c␛[2Jd␡');
    expect(printable('a\x9b2Jb\u2028c')).toBe('a�2Jb�c');
  });

  it('leaves out characters that nobody sees', () => {
    expect(printable('ab\u202ecd\u200be\ufefff\u3164')).toBe('abcdef');
  });

  it('replaces half characters, which would not survive encoding', () => {
    expect(printable('a\ud83db')).toBe('a�b');
  });

  it('keeps both ends of an extremely long text', () => {
    const text = printable(`start${'x'.repeat(1_000_000)}end`);
    expect(text.length).toBeLessThan(5_000);
    expect(text).toMatch(/^startx+…x+end$/);
  });

  it('never lets a control character or a line break through', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('shorten', () => {
  it('keeps both ends around an ellipsis', () => {
    expect(shorten('/api/v1/customers/orders', 11)).toBe('/api/…rders');
  });

  it('leaves a text alone that fits', () => {
    expect(shorten('/api', 4)).toBe('/api');
  });

  it('counts wide characters as two columns and never cuts one', () => {
    expect(shorten('検索検索検索', 8)).toBe('検索…索');
  });

  it('always fits', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 30 }), (text, width) => {
        expect(stringWidth(shorten(printable(text), width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('wrap', () => {
  it('breaks at spaces', () => {
    expect(wrap(' the cart  holds 3 items ', 10)).toEqual(['the cart', 'holds 3', 'items']);
  });

  it('breaks a word that is longer than a line', () => {
    expect(wrap('see /a/very/long/path now', 8)).toEqual(['see', '/a/very/', 'long/pat', 'h now']);
  });

  it('returns one empty line for an empty text', () => {
    expect(wrap('', 10)).toEqual(['']);
    expect(wrap('\u3000', 10)).toEqual(['\u3000']);
  });

  it('breaks a letter with its marks where the two are wider than the line', () => {
    expect(wrap('\u2e80\u1933', 2)).toEqual(['\u2e80', '\u1933']);
  });

  it('keeps every word and never exceeds the width', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 30 }), (text, width) => {
        const lines = wrap(printable(text), width);
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(printable(text).replaceAll(' ', ''));
      }),
    );
  });
});
