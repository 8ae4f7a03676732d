import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LoadtsError } from '@loadts/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createJsonFile } from './json-file.ts';
import { createReportFile } from './report-file.ts';
import { HOSTILE_NAMES, sampleResult } from './sample-result.case.ts';

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'loadts-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('a report file', () => {
  it('is written whole, in a folder that is made for it', () => {
    const folder = createFolder();
    const path = join(folder, 'a', 'b', 'run.txt');
    const file = createReportFile({ path, flag: '--json', format: ({ script }) => script });
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual([]);
    file.write(sampleResult());
    expect(readFileSync(path, 'utf8')).toBe('checkout.ts');
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['run.txt']);
  });

  it('is refused before the run where it cannot be written, with what to do', () => {
    const folder = createFolder();
    writeFileSync(join(folder, 'file'), '');
    const path = join(folder, 'file', 'run.json');
    const create = (): unknown => createJsonFile(path);
    expect(create).toThrow(LoadtsError);
    expect(create).toThrow(
      expect.objectContaining({
        code: 'FILE_NOT_WRITABLE',
        message: expect.stringContaining(`cannot write ${path}`),
        hint: 'give --json a file in a folder that can be written, such as out/run',
      }),
    );
  });

  it('is refused where a folder has its name', () => {
    expect(() => createJsonFile(createFolder())).toThrow(
      expect.objectContaining({ code: 'FILE_NOT_WRITABLE' }),
    );
  });

  it('leaves an earlier one alone, and no half one behind, where writing fails', () => {
    const folder = createFolder();
    const path = join(folder, 'run.txt');
    writeFileSync(path, 'earlier');
    const file = createReportFile({
      path,
      flag: '--json',
      format: () => {
        throw new Error('the disk is full');
      },
    });
    expect(() => file.write(sampleResult())).toThrow('the disk is full');
    expect([readdirSync(folder), readFileSync(path, 'utf8')]).toEqual([['run.txt'], 'earlier']);
  });

  it('holds as JSON the result as it was, hostile names included', () => {
    const path = join(createFolder(), 'run.json');
    const result = sampleResult({ isHostile: true });
    createJsonFile(path).write(result);
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
    expect(read).toEqual(JSON.parse(JSON.stringify(result)));
    expect(result.entries.map(({ name }) => name)).toEqual(expect.arrayContaining([...HOSTILE_NAMES]));
  });

  it('leaves nothing behind where its name has become a folder by the end', () => {
    const folder = createFolder();
    const path = join(folder, 'run.json');
    const file = createJsonFile(path);
    mkdirSync(path);
    expect(() => file.write(sampleResult())).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(folder)).toEqual(['run.json']);
  });
});
