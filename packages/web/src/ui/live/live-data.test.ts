import type { HistoryView, SecondView } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import {
  MAX_LOG_LINES,
  NO_DATA,
  ofRun,
  withEarlierLog,
  withEvent,
  withHistory,
  withLog,
  withSecond,
} from './live-data.ts';

function point(second: number, requests: number = 1) {
  return { second, users: 1, requests, failures: 0, dropped: null, p50Ms: 1, p95Ms: 1, p99Ms: 1 };
}

function second(at: number, rest: Partial<SecondView> = {}): SecondView {
  return { runId: 'a', second: at, point: point(at), revised: [], ...rest } as SecondView;
}

function history(rest: Partial<HistoryView>): HistoryView {
  return { runId: 'a', spanSeconds: 1, points: [], events: [], stages: [], ...rest };
}

const JOINED = { second: 2.5, kind: 'workerJoined', text: 'worker 3 joined', isByUser: false };
const UP = { second: 0, kind: 'stage', text: 'stage "up" began', isByUser: false };

describe('the data of a run on the page', () => {
  it('grow by a point a second, and by those that changed', () => {
    const one = withSecond(withSecond(NO_DATA, second(0)), second(2, { revised: [point(0, 5), point(1)] }));
    expect(one.points.seconds).toEqual([0, 1, 2]);
    expect(one.points.requests).toEqual([5, 1, 1]);
    expect(one.second?.second).toBe(2);
  });

  it('grow by many points at once, as after a while without a connection', () => {
    const missed = Array.from({ length: 50 }, (_, at) => point(at));
    expect(
      withSecond(withSecond(NO_DATA, second(99)), second(50, { revised: missed })).points.seconds,
    ).toHaveLength(52);
  });

  it('have no point before the first second is over', () => {
    expect(withSecond(NO_DATA, second(-1, { point: null })).points.seconds).toEqual([]);
  });

  it('begin anew with another run, but for the log', () => {
    const line = { time: '', level: 'info', worker: null, text: 'x' };
    const first = withEvent(withLog(withSecond(NO_DATA, second(7)), line), JOINED);
    const other = withSecond(first, second(0, { runId: 'b' }));
    expect(other).toMatchObject({ runId: 'b', events: [], log: [line] });
    expect(other.points.seconds).toEqual([0]);
    expect(ofRun(other, 'b')).toBe(other);
  });

  it('are filled up with the history, and keep what is newer', () => {
    const live = withSecond(NO_DATA, second(5));
    const whole = withHistory(live, history({ points: [point(0), point(4, 9)], events: [JOINED] }));
    expect(whole.points.seconds).toEqual([0, 4, 5]);
    expect(whole.events).toEqual([JOINED]);
    expect(whole.second?.second).toBe(5);
  });

  it('take long spans of a long run in place of the seconds in them', () => {
    const live = [0, 1, 2, 3, 4].reduce((data, at) => withSecond(data, second(at)), NO_DATA);
    expect(
      withHistory(live, history({ spanSeconds: 2, points: [point(0), point(2)] })).points.seconds,
    ).toEqual([0, 2, 4]);
  });

  it('have each event once, however often it comes', () => {
    const twice = withEvent(withEvent(withHistory(NO_DATA, history({ events: [UP] })), JOINED), UP);
    expect(twice.events).toEqual([UP, JOINED]);
  });

  it('have so many log lines at most, the newest', () => {
    let data = NO_DATA;
    for (let i = 0; i <= MAX_LOG_LINES; i++) {
      data = withLog(data, { time: '', level: 'info', worker: null, text: `${i}` });
    }
    expect(data.log).toHaveLength(MAX_LOG_LINES);
    expect(data.log[0]?.text).toBe('1');
  });

  it('have each log line once, also where one came while the earlier ones were read', () => {
    const line = (time: string) => ({ time, level: 'info', worker: null, text: time });
    const [first, second, third] = [line('10:01'), line('10:02'), line('10:03')];
    const live = [second, third].reduce(withLog, NO_DATA);
    expect(withEarlierLog(live, [first, second]).log).toEqual([first, second, third]);
  });
});
