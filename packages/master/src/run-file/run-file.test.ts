import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '@loadts/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sampleResult } from '../report/sample-result.case.ts';
import { Journal } from './journal.ts';
import { type RunFileDamage, readRunFile } from './read-run-file.ts';
import { prepareRunFolder } from './run-folder.ts';

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'loadts-run-file-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const event = (second: number): RunRecord => ({
  type: 'event',
  event: { second, kind: 'note', text: `note ${second}` },
});

/** A file of a start and events at the seconds 0 to `events - 1`. */
function writeRun(events: number): { path: string; journal: Journal; problems: string[] } {
  const path = join(createFolder(), 'run');
  const problems: string[] = [];
  const journal = new Journal({ path, onProblem: (problem) => problems.push(problem) });
  journal.append({ type: 'start', start: sampleResult() });
  for (let second = 0; second < events; second++) journal.append(event(second));
  return { path, journal, problems };
}

/** Seconds of the events that can be read, and why there are no more. */
function readEvents(path: string): { seconds: number[]; damage: RunFileDamage | undefined } {
  const seconds: number[] = [];
  const records = readRunFile(path);
  for (let next = records.next(); ; next = records.next()) {
    if (next.done) return { seconds, damage: next.value };
    if (next.value.type === 'event') seconds.push(next.value.event.second);
  }
}

describe('a run file', () => {
  it('is read record by record while it is still being written', () => {
    const { path, journal } = writeRun(2);
    expect(readEvents(path)).toEqual({ seconds: [0, 1], damage: undefined });
    journal.append(event(2));
    journal.close();
    expect(readEvents(path)).toEqual({ seconds: [0, 1, 2], damage: undefined });
    expect(readFileSync(path).subarray(0, 8).toString()).toBe('LOADTSJ1');
  });

  it('has all whole records where the last one was cut off, wherever the cut is', () => {
    const { path } = writeRun(2);
    const whole = readFileSync(path).length;
    appendFileSync(path, Buffer.alloc(5));
    expect(readEvents(path)).toEqual({ seconds: [0, 1], damage: 'torn' });
    for (const cut of [1, 20]) {
      truncateSync(path, whole - cut);
      expect(readEvents(path)).toEqual({ seconds: [0], damage: 'torn' });
    }
  });

  it('is read up to a record that was damaged', () => {
    const { path } = writeRun(3);
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 60) ^ 1, bytes.length - 60);
    writeFileSync(path, bytes);
    const { seconds, damage } = readEvents(path);
    expect([seconds.length < 3, damage]).toEqual([true, 'damaged']);
  });

  it('is not read beyond a length that cannot be', () => {
    const { path } = writeRun(1);
    appendFileSync(path, Buffer.from([255, 255, 255, 255, 0, 0, 0, 0]));
    expect(readEvents(path)).toEqual({ seconds: [0], damage: 'damaged' });
  });

  it('is told from other files', () => {
    const path = join(createFolder(), 'run');
    writeFileSync(path, 'hello');
    const invalid = (message: string): unknown =>
      expect.objectContaining({ code: 'RUN_FILE_INVALID', message: expect.stringContaining(message) });
    expect(() => readEvents(path)).toThrow(invalid('is not a run file'));
    expect(() => readEvents(`${path}.missing`)).toThrow(invalid('ENOENT'));
  });

  it('tells once that it cannot be written, and the run goes on', () => {
    const problems: string[] = [];
    const folder = createFolder();
    const journal = new Journal({ path: folder, onProblem: (problem) => problems.push(problem) });
    journal.append({ type: 'start', start: sampleResult() });
    journal.append(event(1));
    journal.close();
    expect(problems).toEqual([expect.stringContaining(`the run file ${folder} is incomplete: EISDIR`)]);
    expect(journal.isWhole).toBe(false);
  });

  it('waits with the health of workers for the second that it belongs to', () => {
    const { path, journal } = writeRun(0);
    const before = readFileSync(path).length;
    const load = {
      loopDelayUs: 1,
      sendDelayUs: 2,
      utilization: 0.5,
      cpu: 1,
      collectingUs: 3,
      memoryBytes: 4,
    };
    journal.append({ type: 'health', health: { workerId: 1, second: 0, users: 3, ...load } });
    expect(readFileSync(path).length).toBe(before);
    journal.append(event(0));
    expect([...readRunFile(path)].map(({ type }) => type)).toEqual(['start', 'health', 'event']);
  });
});

describe('the folder of run files', () => {
  it('keeps the last 20 runs, and everything that is none', () => {
    const folder = join(createFolder(), '.loadts', 'runs');
    const idOf = (number: number): string =>
      `20261121-1400${String(number).padStart(2, '0')}-00ab${number + 10}`;
    mkdirSync(folder, { recursive: true });
    for (let number = 0; number < 25; number++) writeFileSync(join(folder, idOf(number)), '');
    writeFileSync(join(folder, '0-notes.txt'), '');
    expect(prepareRunFolder(folder, idOf(25))).toBe(join(folder, idOf(25)));
    const left = readdirSync(folder).sort();
    expect(left).toEqual(['0-notes.txt', ...Array.from({ length: 19 }, (_, i) => idOf(i + 6))]);
  });

  it('keeps itself out of version control', () => {
    const folder = createFolder();
    prepareRunFolder(join(folder, '.loadts', 'runs'), '20261121-140000-00ab10');
    expect(readFileSync(join(folder, '.loadts', '.gitignore'), 'utf8')).toBe('*\n');
  });
});
