import type { LevelMeasurement } from './level-measurement.ts';

/** The shape of a search's file; a reader refuses a higher version. */
export const SEARCH_FORMAT = 'loadts-search';
export const SEARCH_VERSION = 1;

/** What levels are made of: users, or iterations a second. */
export type SearchBy = 'users' | 'rate';

/** Why a search ended. */
export type SearchEnd = 'found' | 'generator' | 'stopped';

/** What a search for the highest load found. */
export interface SearchResult {
  readonly format: typeof SEARCH_FORMAT;
  readonly version: typeof SEARCH_VERSION;
  readonly script: string;
  readonly host: string | undefined;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly by: SearchBy;
  /** Canonical texts. */
  readonly objectives: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly end: SearchEnd;
  /** The highest level that held; null where none did. */
  readonly ceiling: number | null;
  /** The lowest level that failed; null where none did. */
  readonly failsAt: number | null;
  /** From this level on, more load brings no more requests a second. */
  readonly knee: number | null;
  /** In the order in which they were measured. */
  readonly levels: readonly LevelMeasurement[];
  /** One sentence for each worker that was the limit itself. */
  readonly overloads: readonly string[];
}
