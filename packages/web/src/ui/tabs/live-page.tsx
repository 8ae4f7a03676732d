import type { StateView } from '@loadts/protocol';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { createChartGroup } from '../../charts/chart-group.ts';
import type { ThemeSwitch } from '../../theme/theme.ts';
import type { Attempt } from '../header/run-buttons.tsx';
import type { LiveStore } from '../live/live-store.ts';
import { RunsCard } from '../runs/runs-card.tsx';
import { ChartsTab } from './charts-tab.tsx';
import { DownloadTab } from './download-tab.tsx';
import { ExceptionsTab } from './exceptions-tab.tsx';
import { FailuresTab } from './failures-tab.tsx';
import { KeyFigures } from './key-figures.tsx';
import { LogTab } from './log-tab.tsx';
import { RatioTab } from './ratio-tab.tsx';
import { StatisticsTab } from './statistics-tab.tsx';
import { type TabId, TabList } from './tab-list.tsx';
import { useTab } from './use-tab.ts';
import { WorkersTab } from './workers-tab.tsx';

export interface LivePageProps {
  readonly store: LiveStore;
  readonly state: StateView;
  readonly theme: ThemeSwitch;
  readonly attempt: Attempt;
}

/** The run that goes on, or the last one. */
export function LivePage({ store, state, theme, attempt }: LivePageProps): JSX.Element {
  const tab = useTab();
  const group = useMemo(() => createChartGroup('live', theme.theme, { leastSeconds: 30 }), [theme]);
  const data = store.data.value;
  const { second } = data;
  const panels: Readonly<Record<TabId, () => JSX.Element>> = {
    charts: () => <ChartsTab data={data} group={group} />,
    statistics: () => <StatisticsTab second={second} attempt={attempt} phase={state.phase} />,
    failures: () => <FailuresTab failures={second?.failures ?? []} />,
    exceptions: () => <ExceptionsTab exceptions={second?.exceptions ?? []} />,
    ratio: () => <RatioTab classes={second?.ratios ?? []} />,
    workers: () => <WorkersTab workers={second?.workers ?? []} verdict={second?.verdict.kind} />,
    log: () => <LogTab lines={data.log} />,
    download: () => <DownloadTab runId={data.runId} phase={state.phase} />,
    runs: () => <RunsCard runs={state.runs} isWide />,
  };
  const counts: Partial<Record<TabId, number>> = {
    failures: second?.failures.length ?? 0,
    exceptions: second?.exceptions.length ?? 0,
  };
  return (
    <>
      <KeyFigures state={state} second={second} />
      <TabList current={tab.value} counts={counts} onPick={(id) => (tab.value = id)} />
      <div role="tabpanel" id="panel" aria-labelledby={`tab-${tab.value}`} class="panel">
        {panels[tab.value]()}
      </div>
    </>
  );
}
