import { describe, expect, it } from 'vitest';
import { fromPoints, NO_POINTS, sincePoint, withPoint } from './point-columns.ts';

function point(second: number, requests: number = second) {
  return { second, users: 1, requests, failures: 0, dropped: 0, p50Ms: 1, p95Ms: null, p99Ms: null };
}

describe('the points of a run', () => {
  it('become columns in the order of their seconds, the later of two for the same second', () => {
    const columns = fromPoints([point(2), point(0), point(2, 9)]);
    expect(columns.seconds).toEqual([0, 2]);
    expect(columns.requests).toEqual([0, 9]);
    expect(columns.p95Ms).toEqual([null, null]);
  });

  it('grow at the end', () => {
    const columns = withPoint(withPoint(NO_POINTS, point(0)), point(1));
    expect([columns.seconds, columns.requests]).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('take a newer point for a second that is there, and a late one where it belongs', () => {
    const columns = fromPoints([point(0), point(3)]);
    expect(withPoint(columns, point(3, 7)).requests).toEqual([0, 7]);
    expect(withPoint(columns, point(1)).seconds).toEqual([0, 1, 3]);
  });

  it('leave those alone that a chart already has', () => {
    const columns = fromPoints([point(0)]);
    withPoint(columns, point(1));
    expect(columns.seconds).toEqual([0]);
  });

  it('are cut at a second', () => {
    const columns = fromPoints([point(0), point(1), point(5)]);
    expect(sincePoint(columns, 1).seconds).toEqual([1, 5]);
    expect(sincePoint(columns, 0)).toBe(columns);
  });
});
