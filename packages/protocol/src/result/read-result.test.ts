import { LoadtsError, type RunResult } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { readResult } from './read-result.ts';
import { resultJsonSchema } from './result-schema.ts';
import { sampleResult } from './sample-result.case.ts';
import { writeResult } from './write-result.ts';

const read = (text: string): RunResult => readResult(text, 'a.json');
const change = (fields: object): string => JSON.stringify({ ...sampleResult, ...fields });

function problemOf(text: string): LoadtsError {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(LoadtsError);
    expect(error).toMatchObject({ code: 'RESULT_INVALID', hint: expect.any(String) });
    return error as LoadtsError;
  }
  throw new Error('the text was read without a problem');
}

describe('a result file', () => {
  it('is read as it was written', () => {
    const text = writeResult(sampleResult);
    expect(read(text)).toEqual(JSON.parse(text));
    expect(read(writeResult(read(text)))).toEqual(sampleResult);
  });

  it('may lack what a run lacks', () => {
    const { arrivals: _, stopReason: __, host: ___, ...rest } = sampleResult;
    expect(read(JSON.stringify(rest)).host).toBeUndefined();
  });

  it('may hold fields that a later release added', () => {
    expect(read(change({ weather: 'fine' }))).not.toHaveProperty('weather');
  });

  it.each([
    ['', 'a.json is not JSON: it is empty'],
    ['{"a": ', 'a.json is not JSON: '],
    ['null', 'a.json is not the result of a loadts run: it has no "format"'],
    ['{"format": "other"}', 'its format is "other"'],
    [change({ version: 2 }), 'a.json has version 2 of the format; this loadts knows up to 1'],
  ])('is refused where it is none: %.30s', (text, message) => {
    expect(problemOf(text).message).toContain(message);
  });

  it('is refused with the place of every field that is wrong', () => {
    const entries = [{ ...sampleResult.entries[0], requests: -1 }];
    const { message } = problemOf(change({ entries, seed: 'x' }));
    expect(message).toMatch(/^a\.json is damaged, .*\n {2}seed: .*number.*\n {2}entries\.0\.requests: /);
  });

  it('names no more problems than anybody reads', () => {
    expect(problemOf('{"format":"loadts-result","version":1}').message).toMatch(/\n {2}and \d+ more$/);
  });

  it.each([
    [[10, 1], 'the buckets hold 1 values, but count is 3'],
    [[10, 1, 10], 'buckets are not pairs of numbers'],
    [[10, 1, 0, 2], 'bucket 10 is there twice'],
    [[99_999, 3], 'there is no bucket 99999'],
  ])('is refused where a histogram cannot be: %s', (buckets, message) => {
    const generatorDelay = { ...sampleResult.generatorDelay, buckets };
    expect(problemOf(change({ generatorDelay })).message).toContain(`generatorDelay: ${message}`);
  });
});

describe('the published schema', () => {
  it('is the one that files are read with (vitest -u writes it)', async () => {
    const text = `${JSON.stringify(resultJsonSchema(), undefined, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../../../docs/reference/result.schema.json');
  });
});
