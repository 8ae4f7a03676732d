import type { EventView, HistoryView, LogView, SecondView } from '@loadts/protocol';
import { fromPoints, NO_POINTS, type PointColumns, toPoints, withPoint } from './point-columns.ts';

/** What the page knows of the run that goes on, or of the last one. */
export interface LiveData {
  readonly runId: string | null;
  readonly points: PointColumns;
  readonly events: readonly EventView[];
  readonly stages: HistoryView['stages'];
  /** The newest one. */
  readonly second: SecondView | null;
  /** Of the master, whatever the run. Oldest first. */
  readonly log: readonly LogView[];
}

export const NO_DATA: LiveData = {
  runId: null,
  points: NO_POINTS,
  events: [],
  stages: [],
  second: null,
  log: [],
};

/** Up to so many points are added one by one. */
const FEW_POINTS = 10;

/** Log lines kept. */
export const MAX_LOG_LINES = 500;

/** One second more. That of another run begins anew. */
export function withSecond(data: LiveData, second: SecondView): LiveData {
  const known = ofRun(data, second.runId);
  const news = second.point === null ? second.revised : [...second.revised, second.point];
  if (news.length <= FEW_POINTS) return { ...known, second, points: news.reduce(withPoint, known.points) };
  return { ...known, second, points: fromPoints([...toPoints(known.points), ...news]) };
}

/** With what happened before this page came, or while it was cut off. */
export function withHistory(data: LiveData, history: HistoryView): LiveData {
  const { runId, points, spanSeconds, events, stages } = history;
  const known = ofRun(data, runId);
  const covered = (points.at(-1)?.second ?? -1) + spanSeconds - 1;
  const later = toPoints(known.points).filter(({ second }) => second > covered);
  const joined = { ...known, events, stages, points: fromPoints([...points, ...later]) };
  return known.events.reduce(withEvent, joined);
}

/** One event more. Each counts once, however often it comes. */
export function withEvent(data: LiveData, event: EventView): LiveData {
  const { second, text } = event;
  if (data.events.some((known) => known.second === second && known.text === text)) return data;
  return { ...data, events: [...data.events, event].sort((a, b) => a.second - b.second) };
}

/** One line more; the oldest go. */
export function withLog(data: LiveData, line: LogView): LiveData {
  return { ...data, log: [...data.log, line].slice(-MAX_LOG_LINES) };
}

/** With the lines from before this page came; those that came meanwhile stay. */
export function withEarlierLog(data: LiveData, lines: readonly LogView[]): LiveData {
  const last = lines.at(-1)?.time ?? '';
  return { ...data, log: [...lines, ...data.log.filter(({ time }) => time > last)].slice(-MAX_LOG_LINES) };
}

/** The same where it is about this run, and nothing but the log where it is about another one. */
export function ofRun(data: LiveData, runId: string | null): LiveData {
  return data.runId === runId ? data : { ...NO_DATA, runId, log: data.log };
}
