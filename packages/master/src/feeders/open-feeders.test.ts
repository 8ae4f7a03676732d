import { createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LoadtsError } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.case.ts';
import { define, openFiles, readValues, writeFiles } from './open-file.case.ts';
import { readChunks } from './read-chunks.ts';

describe('opening the files of feeders', () => {
  it('reports everything that is wrong with all of them at once', async () => {
    const folder = await writeFiles({ 'a.csv': 'a\n1\n', 'b.csv': 'a,b\n1\n', 'c.json': '{' });
    await mkdir(join(folder, 'd.jsonl'));
    const opening = openFiles(
      folder,
      define('a.csv', { problems: ['unique rows cannot wrap'] }),
      'b.csv',
      'b.csv',
      'c.json',
      'd.jsonl',
      'missing.csv',
      define('', { format: 'csv', problems: ['the file is undefined: name it'] }),
    );
    const { code, message, hint } = await opening.then(
      () => expect.fail(),
      (error: LoadtsError) => error,
    );
    expect({ code, hint }).toEqual({ code: 'FEEDER_INVALID', hint: expect.stringContaining(folder) });
    expect(message.split('\n')).toEqual([
      "csv('a.csv'): unique rows cannot wrap",
      'b.csv: line 2: 1 value for 2 columns',
      expect.stringMatching(/^c\.json: line 1: no JSON: /),
      `d.jsonl: this is no file (${join(folder, 'd.jsonl')})`,
      `missing.csv: there is no such file (looked for ${join(folder, 'missing.csv')})`,
      "csv(''): the file is undefined: name it",
    ]);
  });

  it('reads a file once for all feeders of it', async () => {
    const folder = await writeFiles({ 'a.csv': 'a\n1\n', 'b.csv': 'a\n1\n' });
    const [first, second, other] = await openFiles(
      folder,
      'a.csv',
      define('a.csv', { order: 'shuffled' }),
      'b.csv',
    );
    expect(first?.source).toBe(second?.source);
    expect(other?.source).not.toBe(first?.source);
  });

  it('keeps 4 bytes a row of a large file, and no row', async () => {
    const folder = await writeFiles({});
    const rows = 400_000;
    const text = 'x'.repeat(40);
    const lines = function* () {
      yield 'id,"text\nof two lines"\n';
      for (let i = 0; i < rows; i += 1_000) {
        yield Array.from({ length: 1_000 }, (_, j) => `${i + j},"${text}\n${text}"\r\n`).join('');
      }
    };
    await pipeline(Readable.from(lines()), createWriteStream(join(folder, 'big.csv')));
    const before = process.memoryUsage().arrayBuffers;
    const [feeder] = await openFiles(folder, 'big.csv');
    const { source } = feeder ?? expect.fail();
    expect(source.size).toBe(rows);
    // The buffers that it was read into may not be collected yet.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * rows + 16 * 1024 * 1024);
    expect(await readValues(source, [rows - 1, 123_456, 0])).toEqual(
      [rows - 1, 123_456, 0].map((i) => [String(i), `${text}\n${text}`]),
    );
  });
});

describe('reading a file in chunks', () => {
  async function openBig() {
    const folder = await writeFiles({ 'a.csv': 'x'.repeat(1024 * 1024) });
    const clock = new FakeClock();
    const abortion = new AbortController();
    const progress: string[] = [];
    const onProgress = (text: string): void => void progress.push(text);
    const handle = await open(join(folder, 'a.csv'));
    const options = { file: 'a.csv', clock, signal: abortion.signal, onProgress };
    return { clock, abortion, progress, handle, chunks: readChunks(handle, options) };
  }

  it('says how far it is every two seconds', async () => {
    const { clock, progress, handle, chunks } = await openBig();
    let read = 0;
    for await (const _ of chunks) await clock.advanceTo(++read * 1.5);
    await handle.close();
    expect(read).toBe(4);
    expect(progress).toEqual(['reading a.csv: 50 %', 'reading a.csv: 100 %']);
  });

  it('says nothing of a file that is read at once', async () => {
    const { progress, handle, chunks } = await openBig();
    for await (const _ of chunks);
    await handle.close();
    expect(progress).toEqual([]);
  });

  it('ends where the run is aborted', async () => {
    const { abortion, handle, chunks } = await openBig();
    await chunks.next();
    abortion.abort(new Error('Ctrl-C'));
    await expect(chunks.next()).rejects.toThrow('Ctrl-C');
    await handle.close();
  });
});
