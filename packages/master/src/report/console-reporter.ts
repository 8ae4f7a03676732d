import type { RunReport, SearchResult } from '@loadts/core';
import { createLogUpdate } from 'log-update';
import { formatSummary } from './format-summary.ts';
import { formatLiveLine, formatLiveTable, type LiveState } from './live-view.ts';
import { shorten } from './printable-text.ts';
import { formatSearch } from './search/format-search.ts';
import { paint } from './style.ts';

// A file or a log has no width: wide enough that only very long names are shortened.
const WIDTH_WITHOUT_TERMINAL = 160;
const SECONDS_PER_LINE = 2;

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
  #table: LiveState | undefined;
  #lastLine: number | undefined;

  constructor(options: ConsoleReporterOptions) {
    this.#options = options;
    // The cursor stays visible: hiding it would put signal handlers of the library beside ours.
    this.#redraw = createLogUpdate(options.stream as NodeJS.WritableStream, { showCursor: true });
  }

  /** Call it about once a second. A terminal redraws the table; anything else gets a line every 2 s of the run. */
  update(live: LiveState): void {
    const { progress, onlySummary } = this.#options;
    if (!progress || onlySummary) return;
    if (this.#isTerminal()) this.#draw(live);
    else this.#writeLine(live);
  }

  /** Writes a line, as it is, above the live table. What comes from the target has to be printable already. */
  print(line: string): void {
    const table = this.#table;
    this.#clear();
    this.#options.stream.write(`${line}\n`);
    if (table) this.#draw(table);
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

  #draw(live: LiveState): void {
    const { stream, color, hint } = this.#options;
    const width = this.#width();
    const below = shorten(hint?.() ?? '', width);
    // The cursor rests on the line below the table.
    const height = (stream.rows ?? 24) - (below === '' ? 1 : 2);
    const table = formatLiveTable(live, { width, color, height });
    this.#redraw(below === '' ? table : `${table}\n${paint({ color, width }, 'dim', below)}`);
    this.#table = live;
  }

  #writeLine(live: LiveState): void {
    const line = Math.floor(live.elapsedSeconds / SECONDS_PER_LINE);
    if (line === this.#lastLine) return;
    this.#lastLine = line;
    this.#options.stream.write(`${formatLiveLine(live)}\n`);
  }

  #clear(): void {
    if (this.#table) this.#redraw.clear();
    this.#table = undefined;
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
