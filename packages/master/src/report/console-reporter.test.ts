import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ConsoleReporter, type ReportStream } from './console-reporter.ts';
import { FakeTerminal } from './fake-terminal.case.ts';
import { sampleEntry, sampleLive, sampleReport } from './sample-report.case.ts';
import type { SearchView } from './search/format-progress.ts';

const normal = { color: false, progress: true, onlySummary: false };

/** A stream that is not a terminal, and what was written to it. */
function createPipe(): { stream: ReportStream; lines: () => string[] } {
  let text = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString('utf8');
      done();
    },
  });
  return { stream, lines: () => text.split('\n').slice(0, -1) };
}

const at = (elapsedSeconds: number, requests = 1_523) =>
  sampleLive({
    elapsedSeconds,
    total: sampleEntry({ method: '', name: 'Aggregated', requests }),
    entries: [sampleEntry({ requests })],
  });

describe('ConsoleReporter on a terminal', () => {
  it('redraws the table in place', () => {
    const stream = new FakeTerminal(100, 24);
    const reporter = new ConsoleReporter({ ...normal, stream });
    for (let second = 1; second <= 30; second++) reporter.update(at(second, 100 * second));
    expect(stream.screen.filter((line) => line.startsWith('running'))).toHaveLength(1);
    expect(stream.screen[0]).toContain('30s of 1m 30s');
    expect(stream.screen.filter((line) => line.includes('/hello'))).toEqual([
      expect.stringMatching(/GET +\/hello +3000 /),
    ]);
    expect(stream.screen.at(-1)).toBe('');
  });

  it('has a hint below the table, within its height', () => {
    const stream = new FakeTerminal(100, 12);
    const entries = Array.from({ length: 50 }, (_, i) => sampleEntry({ name: `/page/${i}` }));
    const reporter = new ConsoleReporter({ ...normal, stream, hint: () => 'keys: p to pause' });
    for (let second = 1; second <= 3; second++) {
      reporter.update(sampleLive({ elapsedSeconds: second, entries }));
    }
    expect(stream.screen).toHaveLength(12);
    expect(stream.screen.at(-2)).toBe('keys: p to pause');
  });

  it('redraws correctly when only a part has changed', () => {
    const stream = new FakeTerminal(100, 24);
    const reporter = new ConsoleReporter({ ...normal, stream });
    reporter.update(at(4.1, 1_000));
    reporter.update(at(4.9, 2_000));
    expect(stream.screen.filter((line) => line.includes('/hello'))).toEqual([
      expect.stringMatching(/GET +\/hello +2000 /),
    ]);
    expect(stream.screen).toHaveLength(9);
  });

  it('leaves nothing behind when the table becomes smaller', () => {
    const stream = new FakeTerminal(100, 24);
    const reporter = new ConsoleReporter({ ...normal, stream });
    reporter.update(
      sampleLive({ entries: Array.from({ length: 9 }, (_, i) => sampleEntry({ name: `/${i}` })) }),
    );
    reporter.update(at(46));
    expect(stream.screen.filter((line) => line !== '')).toHaveLength(7);
  });

  it('stays within the height of the terminal', () => {
    const stream = new FakeTerminal(100, 12);
    const reporter = new ConsoleReporter({ ...normal, stream });
    const entries = Array.from({ length: 50 }, (_, i) => sampleEntry({ name: `/page/${i}` }));
    for (let second = 1; second <= 5; second++)
      reporter.update(sampleLive({ elapsedSeconds: second, entries }));
    expect(stream.screen).toHaveLength(12);
    expect(stream.screen.filter((line) => line.startsWith('running'))).toHaveLength(1);
  });

  it('follows the size of the terminal', () => {
    const stream = new FakeTerminal(100, 24);
    const reporter = new ConsoleReporter({ ...normal, stream });
    reporter.update(at(1));
    stream.columns = 60;
    reporter.update(at(2));
    for (const line of stream.screen) expect(line.length).toBeLessThanOrEqual(60);
    expect(stream.screen.filter((line) => line.startsWith('running'))).toHaveLength(1);
  });

  it('prints lines above the table', () => {
    const stream = new FakeTerminal(100, 24);
    const reporter = new ConsoleReporter({ ...normal, stream });
    reporter.print('before');
    reporter.update(at(1));
    reporter.print('worker 2 connected');
    reporter.update(at(2));
    reporter.print('worker 3 connected');
    const { screen } = stream;
    expect(screen.slice(0, 3)).toEqual(['before', 'worker 2 connected', 'worker 3 connected']);
    expect(screen[3]).toMatch(/^running .* 2s of 1m 30s/);
    expect(screen.filter((line) => line.includes('Aggregated'))).toHaveLength(1);
  });

  it('puts the summary in the place of the table', () => {
    const stream = new FakeTerminal(100, 60);
    const reporter = new ConsoleReporter({ ...normal, stream });
    reporter.update(at(1));
    reporter.finish(sampleReport());
    reporter.print('reports written');
    expect(stream.screen.some((line) => line.startsWith('running'))).toBe(false);
    expect(stream.screen[1]).toBe('Verdict: PASS');
    expect(stream.screen.slice(-2)).toEqual(['reports written', '']);
  });

  it('writes no colour codes when colour is off, and some when it is on', () => {
    const written = (color: boolean): string => {
      const stream = new FakeTerminal(100, 24);
      const reporter = new ConsoleReporter({ ...normal, color, stream });
      reporter.update(at(1));
      reporter.finish(sampleReport());
      return stream.written;
    };
    expect(written(false)).not.toMatch(/\x1b\[[\d;]*m/);
    expect(written(true)).toContain('\x1b[32mVerdict: PASS');
  });

  it('writes lines, not a table, to a terminal without a size', () => {
    const stream = new FakeTerminal(0, 0);
    const reporter = new ConsoleReporter({ ...normal, stream });
    reporter.update(at(4));
    reporter.finish(sampleReport());
    expect(stream.written).toMatch(/^ +4s {2}running .*\n/);
    expect(stream.written).not.toContain('\x1b');
  });
});

describe('ConsoleReporter on a pipe', () => {
  it('writes a line for every two seconds of the run', () => {
    const { stream, lines } = createPipe();
    const reporter = new ConsoleReporter({ ...normal, stream });
    for (const second of [0.01, 1.02, 1.99, 3.01, 4, 5.01, 6.02]) reporter.update(at(second));
    expect(lines().map((line) => line.trim().split(' ')[0])).toEqual(['0s', '3s', '4s', '6s']);
  });

  it('starts again with the next run', () => {
    const { stream, lines } = createPipe();
    const reporter = new ConsoleReporter({ ...normal, stream });
    reporter.update(at(0));
    reporter.finish(sampleReport());
    reporter.update(at(1));
    expect(lines().at(-1)).toMatch(/^ +1s {2}running/);
  });

  it('writes log lines as they come and the summary at the end, without any codes', () => {
    const { stream, lines } = createPipe();
    const reporter = new ConsoleReporter({ ...normal, stream });
    reporter.update(at(2));
    reporter.print('worker 2 connected');
    reporter.finish(sampleReport());
    expect(lines()[1]).toBe('worker 2 connected');
    expect(lines().slice(2, 4)).toEqual(['', 'Verdict: PASS']);
    expect(lines().join('')).not.toContain('\x1b');
  });

  it('has room for every column and for long names', () => {
    const { stream, lines } = createPipe();
    const name = `/a-name-of-64-columns${'/abcdefghi'.repeat(4)}/xx`;
    new ConsoleReporter({ ...normal, stream }).finish(sampleReport({ entries: [sampleEntry({ name })] }));
    expect(lines().filter((line) => line.includes(name))).toHaveLength(2);
    expect(lines().join('\n')).not.toContain('not shown');
  });
});

describe('ConsoleReporter of a search', () => {
  const search = (elapsedSeconds: number, level = 10): SearchView => ({
    by: 'rate',
    from: 10,
    elapsedSeconds,
    isStopping: false,
    progress: { phase: 'settle', level, soFar: undefined, levelSeconds: 10 },
  });

  it('has one line at the bottom of a terminal, below the levels that are done', () => {
    const stream = new FakeTerminal(100, 24);
    const reporter = new ConsoleReporter({ ...normal, stream });
    for (let second = 0; second < 5; second++) reporter.updateSearch(search(second));
    reporter.print('10/s  held');
    reporter.updateSearch(search(5, 20));
    expect(stream.screen).toEqual(['10/s  held', '    5s  20/s  settling', '']);
  });

  it('writes a line to a pipe where it does something else, and every 10 s', () => {
    const { stream, lines } = createPipe();
    const reporter = new ConsoleReporter({ ...normal, stream });
    for (let second = 0; second < 16; second++) reporter.updateSearch(search(second, second < 14 ? 10 : 20));
    expect(lines()).toEqual(['    0s  10/s  settling', '   10s  10/s  settling', '   14s  20/s  settling']);
  });
});

describe('ConsoleReporter without progress', () => {
  it.each([
    ['progress is off', { progress: false, onlySummary: false }],
    ['only the summary is wanted', { progress: true, onlySummary: true }],
  ])('shows nothing while the run goes on when %s', (_, options) => {
    const terminal = new FakeTerminal(100, 24);
    const pipe = createPipe();
    for (const stream of [terminal, pipe.stream]) {
      const reporter = new ConsoleReporter({ ...normal, ...options, stream });
      reporter.update(at(2));
      reporter.update(at(4));
      reporter.updateSearch({
        by: 'rate',
        from: 10,
        elapsedSeconds: 4,
        isStopping: false,
        progress: { phase: 'settle', level: 10, soFar: undefined, levelSeconds: 10 },
      });
    }
    expect(terminal.written).toBe('');
    expect(pipe.lines()).toEqual([]);
  });

  it('writes nothing but the summary when only that is wanted', () => {
    const { stream, lines } = createPipe();
    const reporter = new ConsoleReporter({ ...normal, onlySummary: true, stream });
    reporter.update(at(2));
    reporter.finish(sampleReport());
    expect(lines()[0]).toBe('Verdict: PASS');
  });
});
