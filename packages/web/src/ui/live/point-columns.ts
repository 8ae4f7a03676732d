import type { HistoryView } from '@loadts/protocol';

type Point = HistoryView['points'][number];

/** The seconds of a run as columns, the way charts want them. All of the same length, seconds ascending. */
export interface PointColumns {
  readonly seconds: readonly number[];
  readonly users: readonly (number | null)[];
  /** Per second, as all of these. */
  readonly requests: readonly (number | null)[];
  readonly failures: readonly (number | null)[];
  readonly dropped: readonly (number | null)[];
  readonly p50Ms: readonly (number | null)[];
  readonly p95Ms: readonly (number | null)[];
  readonly p99Ms: readonly (number | null)[];
}

type Field = Exclude<keyof PointColumns, 'seconds'>;

const FIELDS: readonly Field[] = ['users', 'requests', 'failures', 'dropped', 'p50Ms', 'p95Ms', 'p99Ms'];

export const NO_POINTS: PointColumns = fromPoints([]);

/** @param points in any order; of two for one second the later one counts */
export function fromPoints(points: readonly Point[]): PointColumns {
  const bySecond = new Map(points.map((point) => [point.second, point]));
  const sorted = [...bySecond.values()].sort((a, b) => a.second - b.second);
  const column = (field: Field): (number | null)[] => sorted.map((point) => point[field]);
  return {
    seconds: sorted.map(({ second }) => second),
    users: column('users'),
    requests: column('requests'),
    failures: column('failures'),
    dropped: column('dropped'),
    p50Ms: column('p50Ms'),
    p95Ms: column('p95Ms'),
    p99Ms: column('p99Ms'),
  };
}

/** With one more point, or with a newer one for a second that is known. */
export function withPoint(columns: PointColumns, point: Point): PointColumns {
  const { seconds } = columns;
  const last = seconds.at(-1) ?? -1;
  let at = seconds.length;
  if (point.second <= last) {
    at = seconds.findIndex((second) => second >= point.second);
  }
  const replaced = seconds[at] === point.second ? 1 : 0;
  const changed: Record<string, readonly (number | null)[]> = {
    seconds: seconds.toSpliced(at, replaced, point.second),
  };
  for (const field of FIELDS) changed[field] = columns[field].toSpliced(at, replaced, point[field]);
  return changed as unknown as PointColumns;
}

/** The columns as points again. */
export function toPoints(columns: PointColumns): Point[] {
  return columns.seconds.map((second, i) => ({
    second,
    users: columns.users[i] ?? 0,
    requests: columns.requests[i] ?? 0,
    failures: columns.failures[i] ?? 0,
    dropped: columns.dropped[i] ?? null,
    p50Ms: columns.p50Ms[i] ?? null,
    p95Ms: columns.p95Ms[i] ?? null,
    p99Ms: columns.p99Ms[i] ?? null,
  }));
}

/** Those since a second. */
export function sincePoint(columns: PointColumns, second: number): PointColumns {
  const from = columns.seconds.findIndex((value) => value >= second);
  if (from <= 0) return columns;
  const changed: Record<string, readonly (number | null)[]> = { seconds: columns.seconds.slice(from) };
  for (const field of FIELDS) changed[field] = columns[field].slice(from);
  return changed as unknown as PointColumns;
}
