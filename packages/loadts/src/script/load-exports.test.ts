import { arrivalRate, LoadTestShape } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { type LoadChoice, loadExports } from './load-exports.ts';

class Wave extends LoadTestShape {
  tick() {
    return null;
  }
}
class Day extends Wave {}

const rate = arrivalRate({ rate: 5 });
const SCRIPT = { Wave, Day, rate, other: 1 };
const WAITING = { shape: undefined, headless: false, autostart: false };

function names(choice: Partial<LoadChoice>): string[] {
  return Object.keys(loadExports({ exports: SCRIPT, config: WAITING, form: undefined, ...choice }));
}

describe('what the script exports, for its load', () => {
  it('is without its shapes where the form will ask which of several', () => {
    expect(names({})).toEqual(['rate', 'other']);
    expect(names({ exports: { Wave } })).toEqual(['Wave']);
    expect(names({ config: { ...WAITING, shape: 'Day' } })).toContain('Day');
  });

  it('is all of it where nobody is there to be asked, and where the form has been filled', () => {
    expect(names({ config: { ...WAITING, headless: true } })).toContain('Wave');
    expect(names({ config: { ...WAITING, autostart: true } })).toContain('Wave');
    expect(names({ form: { cleared: [] } })).toEqual(['Wave', 'Day', 'rate', 'other']);
  });

  it('is without the shapes or the rate where a person wants none', () => {
    expect(names({ form: { cleared: ['shape'] } })).toEqual(['rate', 'other']);
    expect(names({ form: { cleared: ['rate'] } })).toEqual(['Wave', 'Day', 'other']);
  });
});
