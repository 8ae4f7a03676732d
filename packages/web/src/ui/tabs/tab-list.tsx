import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { formatCompact } from '../../format/format-number.ts';
import './tab-list.css';

const TABS = {
  charts: 'Charts',
  statistics: 'Statistics',
  failures: 'Failures',
  exceptions: 'Exceptions',
  ratio: 'Task ratio',
  workers: 'Workers',
  log: 'Log',
  download: 'Download',
  runs: 'Runs',
} as const;

export type TabId = keyof typeof TABS;

const IDS = Object.keys(TABS) as TabId[];

export function isTabId(id: string): id is TabId {
  return Object.hasOwn(TABS, id);
}

export interface TabListProps {
  readonly current: TabId;
  /** Of what is in a tab; 0 shows nothing. */
  readonly counts: Readonly<Partial<Record<TabId, number>>>;
  readonly onPick: (id: TabId) => void;
}

/** One tab is in the Tab order; arrow keys, Home and End go to the others. */
export function TabList({ current, counts, onPick }: TabListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`#tab-${current}`);
    // Not scrollIntoView(), which would move the page as well.
    if (list.current && tab)
      list.current.scrollLeft = tab.offsetLeft - (list.current.clientWidth - tab.offsetWidth) / 2;
  }, [current]);
  const move = (event: KeyboardEvent): void => {
    const at = IDS.indexOf(current);
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1 }[event.key];
    const id = next === undefined ? undefined : IDS.at(next % IDS.length);
    if (id === undefined) return;
    event.preventDefault();
    onPick(id);
    list.current?.querySelector<HTMLElement>(`#tab-${id}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Views of the run" ref={list} onKeyDown={move}>
      {IDS.map((id) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          class="tab"
          aria-selected={id === current}
          aria-controls="panel"
          tabIndex={id === current ? 0 : -1}
          onClick={() => onPick(id)}
        >
          {TABS[id]}
          {(counts[id] ?? 0) > 0 && <span class="tab-count">{formatCompact(counts[id] ?? 0)}</span>}
        </button>
      ))}
    </div>
  );
}
