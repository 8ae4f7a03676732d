import {
  type EntryDelta,
  type EntryStatistics,
  entryId,
  RunStatistics,
  reportEntry,
  type SecondDelta,
} from '@loadts/core';
import { type Cell, historyRow } from './csv-rows.ts';

const ALL: EntryDelta['key'] = { method: '', name: 'Aggregated' };

/** The rows of `_stats_history.csv`, second by second. */
export class HistoryCsv {
  readonly #perEntry: boolean;
  #run = new RunStatistics();
  #countedFrom = 0;

  /** @param perEntry a row for every entry in every second, beside the one of all requests */
  constructor(perEntry: boolean) {
    this.#perEntry = perEntry;
  }

  /**
   * The rows of this second; none for what comes late, which only the totals of later rows hold.
   * @param startedMs when the run started, in milliseconds since 1970
   */
  rowsOf({ second, users, entries, late, countedFrom }: SecondDelta, startedMs: number): Cell[][] {
    const perEntry = this.#perEntry;
    // Without rows of their own, the entries need no histograms of their own.
    const deltas = perEntry ? entries : entries.map((entry) => ({ ...entry, key: ALL }));
    const alone = new RunStatistics();
    alone.add(deltas);
    this.#countOn(countedFrom);
    if (second >= countedFrom) this.#run.add(deltas);
    if (late) return [];
    const timestamp = Math.floor(startedMs / 1_000) + second + 1;
    const row = (ofSecond: EntryStatistics, ofRun: EntryStatistics): Cell[] =>
      historyRow({
        timestamp,
        users,
        second: reportEntry(ofSecond, 1),
        run: reportEntry(ofRun, Math.max(0, second + 1 - countedFrom)),
      });
    return [
      ...(perEntry ? pairEntries(alone, this.#run).map(([ofSecond, ofRun]) => row(ofSecond, ofRun)) : []),
      row(alone.total, this.#run.total),
    ];
  }

  /** The totals begin anew where those of the report do. */
  #countOn(countedFrom: number): void {
    if (countedFrom === this.#countedFrom) return;
    this.#countedFrom = countedFrom;
    this.#run = new RunStatistics();
  }
}

/** Every entry of the run, with what it did in this second. */
function pairEntries(alone: RunStatistics, run: RunStatistics): [EntryStatistics, EntryStatistics][] {
  const known = new Map(alone.entries.map((entry) => [entryId(entry.key), entry]));
  return run.entries.map((ofRun) => [
    known.get(entryId(ofRun.key)) ?? { ...new RunStatistics().total, key: ofRun.key },
    ofRun,
  ]);
}
