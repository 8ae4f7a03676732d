import type { ReportData } from '@loadts/core';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { createChartGroup } from '../charts/chart-group.ts';
import type { ThemeSwitch } from '../theme/theme.ts';
import { Drift } from './drift.tsx';
import { Latency } from './latency.tsx';
import { OverTime } from './over-time.tsx';
import { Overview } from './overview.tsx';
import { Problems } from './problems.tsx';
import { Requests } from './requests.tsx';
import { RunFacts } from './run-facts.tsx';
import { createTimeline } from './run-timeline.ts';
import { Scenarios } from './scenarios.tsx';
import { Streams } from './streams.tsx';
import { TopBar } from './top-bar.tsx';
import { UserClasses } from './user-classes.tsx';
import { Workers } from './workers.tsx';

/** Everything about one run, from the verdict down to the options. */
export function ReportPage({
  run,
  theme,
}: {
  readonly run: ReportData;
  readonly theme: ThemeSwitch;
}): JSX.Element {
  const group = useMemo(() => createChartGroup('run', theme.theme), [theme]);
  const timeline = useMemo(() => createTimeline(run), [run]);
  const shared = { run, group, timeline };
  const { drift, scenarios = [], streams = [] } = run;
  return (
    <div class="page">
      <TopBar run={run} theme={theme} sections={listSections(run)} />
      <main>
        <Overview run={run} />
        <OverTime {...shared} />
        {drift && <Drift drift={drift} />}
        {scenarios.length > 0 && <Scenarios scenarios={scenarios} />}
        <Latency run={run} group={group} />
        <Requests {...shared} />
        {streams.length > 0 && <Streams run={run} streams={streams} />}
        <Problems run={run} />
        <Workers {...shared} />
        <UserClasses run={run} />
        <RunFacts run={run} />
      </main>
    </div>
  );
}

/** Titles by ids, of what there is to show. */
function listSections({ drift, scenarios = [], streams = [] }: ReportData): Readonly<Record<string, string>> {
  return {
    overview: 'Overview',
    time: 'Over time',
    ...(drift && { drift: 'Drift' }),
    ...(scenarios.length > 0 && { scenarios: 'Scenarios' }),
    latency: 'Latency',
    requests: 'Requests',
    ...(streams.length > 0 && { streams: 'Streams' }),
    failures: 'Failures',
    workers: 'Workers',
    users: 'User classes',
    run: 'Run',
  };
}
