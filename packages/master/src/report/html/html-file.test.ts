import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleResult } from '../sample-result.case.ts';
import { createHtmlFile } from './html-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadts-html-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('--html', () => {
  it('fills the page', async () => {
    const template = join(folder, 'template.html');
    await writeFile(template, '<title>{{title}}</title>');
    createHtmlFile(join(folder, 'run.html'), pathToFileURL(template)).write(sampleResult());
    expect(await readFile(join(folder, 'run.html'), 'utf8')).toMatch(
      /^<title>\w+: checkout\.ts · loadts<\/title>$/,
    );
  });

  it('says before the run where the page was not built', async () => {
    const template = pathToFileURL(join(folder, 'missing.html'));
    expect(() => createHtmlFile(join(folder, 'run.html'), template)).toThrow(
      /run\.html: there is no .*missing\.html/,
    );
    expect(await readdir(folder)).toEqual([]);
  });
});
