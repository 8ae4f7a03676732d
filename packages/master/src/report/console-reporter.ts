import type { RunReport, SearchResult } from '@loadts/core';
import { createLogUpdate } from 'log-update';
import { formatSummary } from './format-summary.ts';
import { formatLiveLine, formatLiveTable, type LiveState } from './live-view.ts';
import { shorten } from './printable-text.ts';
import { formatSearchProgress, type SearchView } from './search/format-progress.ts';
import { formatSearch } from './search/format-search.ts';
import { paint } from './style.ts';

// A file or a log has no width: wide enough that only very long names are shortened.
const WIDTH_WITHOUT_TERMINAL = 160;
const SECONDS_PER_LINE = 2;
const SECONDS_PER_SEARCH_LINE = 10;

/** Where the report goes: `process.stdout`, as a rule. Without Node's types, which scripts need not have. */
export interface ReportStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

export interface ConsoleReporterOptions {
  readonly stream: ReportStream;
  readonly color: boolean;
  /** Whether to show how the run goes while it goes on. */
  readonly progress: boolean;
  /** Nothing but the summary at the end. */
  readonly onlySummary: boolean;
  /** What else to say below the live table. */
  readonly hint?: () => string | undefined;
}

/** Shows a run in the terminal while it goes on, and its summary at the end. */
export class ConsoleReporter {
  readonly #options: ConsoleReporterOptions;
  readonly #redraw: ReturnType<typeof createLogUpdate>;
  /** What stands at the bottom of the terminal. */
  #live: (() => string) | undefined;
  #lastLine: string | undefined;

  constructor(options: ConsoleReporterOptions) {
    this.#options = options;
    // The cursor stays visible: hiding it would put signal handlers of the library beside ours.
    this.#redraw = createLogUpdate(options.stream as NodeJS.WritableStream, { showCursor: true });
  }

  /** Call it about once a second. A terminal redraws the table; anything else gets a line every 2 s of the run. */
  update(live: LiveState): void {
    const { progress, onlySummary } = this.#options;
    if (!progress || onlySummary) return;
    if (this.#isTerminal()) this.#draw(() => this.#formatTable(live));
    else this.#writeLine(`${Math.floor(live.elapsedSeconds / SECONDS_PER_LINE)}`, formatLiveLine(live));
  }

  /** The same for a search, in one line. What is no terminal gets one where the search does something else. */
  updateSearch(view: SearchView): void {
    const { progress, onlySummary } = this.#options;
    if (!progress || onlySummary) return;
    const line = formatSearchProgress(view);
    if (this.#isTerminal()) return this.#draw(() => shorten(line, this.#width()));
    const { level, phase } = view.progress;
    this.#writeLine(`${level} ${phase} ${Math.floor(view.elapsedSeconds / SECONDS_PER_SEARCH_LINE)}`, line);
  }

  /** Writes a line, as it is, above the live table. What comes from the target has to be printable already. */
  print(line: string): void {
    const live = this.#live;
    this.#clear();
    this.#options.stream.write(`${line}\n`);
    if (live) this.#draw(live);
  }

  /** Puts the summary in the place of the live table. */
  finish(report: RunReport): void {
    this.#clear();
    this.#lastLine = undefined;
    const { stream, color, onlySummary } = this.#options;
    const summary = formatSummary(report, { width: this.#width(), color });
    stream.write(`${onlySummary ? '' : '\n'}${summary}\n`);
  }

  /** The same for a search, which has levels instead of a summary. */
  finishSearch(result: SearchResult): void {
    this.#clear();
    const { stream, color, onlySummary } = this.#options;
    const text = formatSearch(result, { width: this.#width(), color });
    stream.write(`${onlySummary ? '' : '\n'}${text}\n`);
  }

  #draw(live: () => string): void {
    this.#redraw(live());
    this.#live = live;
  }

  #formatTable(live: LiveState): string {
    const { stream, color, hint } = this.#options;
    const width = this.#width();
    const below = shorten(hint?.() ?? '', width);
    // The cursor rests on the line below the table.
    const height = (stream.rows ?? 24) - (below === '' ? 1 : 2);
    const table = formatLiveTable(live, { width, color, height });
    return below === '' ? table : `${table}\n${paint({ color, width }, 'dim', below)}`;
  }

  /** @param key a line with the same one was written already */
  #writeLine(key: string, line: string): void {
    if (key === this.#lastLine) return;
    this.#lastLine = key;
    this.#options.stream.write(`${line}\n`);
  }

  #clear(): void {
    if (this.#live) this.#redraw.clear();
    this.#live = undefined;
  }

  #isTerminal(): boolean {
    const { isTTY, columns, rows } = this.#options.stream;
    // Some terminals without a window say that they have no columns at all.
    return isTTY === true && columns !== 0 && rows !== 0;
  }

  #width(): number {
    const { isTTY, columns } = this.#options.stream;
    return columns || (isTTY ? 80 : WIDTH_WITHOUT_TERMINAL);
  }
}
