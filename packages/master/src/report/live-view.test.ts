import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { formatLiveLine, formatLiveTable } from './live-view.ts';
import { sampleEntry, sampleLive } from './sample-report.case.ts';

const style = { width: 100, height: 30, color: false };
const nothing = sampleEntry({ method: '', name: 'Aggregated', requests: 0, measured: 0, medianMs: 0 });
const many = Array.from({ length: 40 }, (_, i) =>
  sampleEntry({ name: `/page/${i}`, requests: 100 + (i % 7) }),
);

describe('formatLiveTable', () => {
  it('shows how far the run is, its users and its workers', () => {
    const [progress] = formatLiveTable(sampleLive(), style).split('\n');
    expect(progress).toMatch(/^running {3}█+░+ {2}45s of 1m 30s {3}50\/50 users {3}3\/3 workers$/);
    expect(progress?.match(/█/g)).toHaveLength(20);
    expect(progress?.match(/░/g)).toHaveLength(20);
  });

  it('has a full bar, not more, when the run takes longer than planned', () => {
    const [progress] = formatLiveTable(sampleLive({ elapsedSeconds: 97.9, state: 'stopping' }), style).split(
      '\n',
    );
    expect(progress).toMatch(/^stopping {2}█{40} {2}1m 37s of 1m 30s/);
  });

  it('has no bar when the end is not known', () => {
    const [progress] = formatLiveTable(sampleLive({ runTimeSeconds: undefined }), style).split('\n');
    expect(progress).toBe('running   45s   50/50 users   3/3 workers');
  });

  it('has no bar, and then fewer facts, where it is narrow', () => {
    const progress = (width: number) => formatLiveTable(sampleLive(), { ...style, width }).split('\n')[0];
    expect(progress(62)).toMatch(/^running {3}█+░+ {2}45s of/);
    expect(progress(60)).toBe('running   45s of 1m 30s   50/50 users   3/3 workers');
    expect(progress(45)).toBe('running   45s of 1m 30s   50/50 users');
  });

  it('shows the rates of now and the percentiles so far', () => {
    const live = sampleLive({
      recent: { requestsPerSecond: 381.2, failuresPerSecond: 0.1 },
      failureKinds: 2,
    });
    expect(formatLiveTable(live, style).split('\n')[1]).toBe(
      'now 381.2 req/s   0.10 fails/s   p50 4.21 ms   p95 12.2 ms   p99 22.3 ms   2 kinds of failure',
    );
  });

  it('shows how many iterations of an open run start, and how many could not', () => {
    const live = sampleLive({ arrivals: { askedPerSecond: 500, startedPerSecond: 481.5, dropped: 37 } });
    expect(formatLiveTable(live, { ...style, width: 120 }).split('\n')[1]).toMatch(
      /^now 381\.2 req\/s {3}0\.00 fails\/s {3}481\.5 of 500\.0 starts\/s {3}37 dropped {3}p50 /,
    );
    expect(formatLiveLine(live)).toContain('381.2/s  481.5 of 500.0 starts/s  37 dropped  0 failed');
    const all = { askedPerSecond: 2, startedPerSecond: 2, dropped: 0 };
    expect(formatLiveLine(sampleLive({ arrivals: all }))).not.toContain('dropped');
  });

  it('says that a run is paused, until it stops', () => {
    expect(formatLiveTable(sampleLive({ isPaused: true }), style)).toMatch(/^paused {4}/);
    expect(formatLiveLine(sampleLive({ isPaused: true, state: 'stopping' }))).toContain('stopping');
  });

  it('shows the statistics table below', () => {
    const lines = formatLiveTable(sampleLive(), style).split('\n');
    expect(lines[3]).toMatch(/^Type +Name +# reqs/);
    expect(lines[5]).toMatch(/^GET +\/hello +1523 +0 \(0\.00%\)/);
    expect(lines.at(-1)).toMatch(/Aggregated +1523/);
  });

  it('has no table before the first request', () => {
    const lines = formatLiveTable(
      sampleLive({ total: nothing, entries: [], state: 'spawning' }),
      style,
    ).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe('no request yet');
  });

  it('says which workers it waits for', () => {
    const live = sampleLive({ state: 'ready', workers: { connected: 1, expected: 3 }, total: nothing });
    expect(formatLiveTable(live, style)).toContain('waiting for workers, 1 of 3 connected');
  });

  it('shows the most requested entries when not all fit, and how many more there are', () => {
    const lines = formatLiveTable(sampleLive({ entries: many }), { ...style, height: 13 }).split('\n');
    expect(lines).toHaveLength(13);
    expect(lines.slice(5, 10).every((line) => / 106 /.test(line))).toBe(true);
    expect(lines[10]).toBe('… 35 more entries');
    expect(lines[12]).toContain('Aggregated');
  });

  it('keeps the order of the report when all entries fit', () => {
    const lines = formatLiveTable(sampleLive({ entries: many }), { ...style, height: 47 }).split('\n');
    expect(lines).toHaveLength(47);
    expect(lines.slice(5, 8).map((line) => /\/page\/\d+/.exec(line)?.[0])).toEqual([
      '/page/0',
      '/page/1',
      '/page/2',
    ]);
  });

  it.each([1, 2, 3, 7, 8, 9, 24, 60])('never needs more than %i lines', (height) => {
    expect(
      formatLiveTable(sampleLive({ entries: many }), { ...style, height }).split('\n').length,
    ).toBeLessThanOrEqual(height);
  });

  it.each([40, 80, 120, 200])('stays within %i columns', (width) => {
    const entries = [...many, sampleEntry({ name: `/\x1b[5A\n${'検索'.repeat(99)}` })];
    const text = formatLiveTable(sampleLive({ entries, failureKinds: 12 }), {
      width,
      height: 80,
      color: false,
    });
    for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

describe('formatLiveLine', () => {
  it('is one plain line with all that matters', () => {
    expect(formatLiveLine(sampleLive())).toBe(
      '   45s  running   50/50 users    1523 reqs   381.2/s  0 failed (0.00%)   p50 4.21ms p95 12.2ms p99 22.3ms',
    );
  });

  it('tells of missing workers', () => {
    expect(formatLiveLine(sampleLive({ workers: { connected: 2, expected: 3 } }))).toContain(
      '  2/3 workers  ',
    );
  });

  it('says that it waits for workers', () => {
    const live = sampleLive({ state: 'ready', elapsedSeconds: 0, workers: { connected: 0, expected: 3 } });
    expect(formatLiveLine(live)).toBe('    0s  waiting for workers, 0 of 3 connected');
  });

  it('withholds percentiles that have too few requests behind them', () => {
    expect(formatLiveLine(sampleLive({ total: sampleEntry({ requests: 99 }) }))).toMatch(
      /p50 4\.21ms p95 12\.2ms$/,
    );
    expect(formatLiveLine(sampleLive({ total: nothing }))).toMatch(/0 failed \(0\.00%\)$/);
  });
});
