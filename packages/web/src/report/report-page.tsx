import type { ReportData } from '@loadts/core';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { createChartGroup } from '../charts/chart-group.ts';
import type { ThemeSwitch } from '../theme/theme.ts';
import { Latency } from './latency.tsx';
import { OverTime } from './over-time.tsx';
import { Overview } from './overview.tsx';
import { Problems } from './problems.tsx';
import { Requests } from './requests.tsx';
import { RunFacts } from './run-facts.tsx';
import { createTimeline } from './run-timeline.ts';
import { TopBar } from './top-bar.tsx';
import { UserClasses } from './user-classes.tsx';
import { Workers } from './workers.tsx';

const SECTIONS = {
  overview: 'Overview',
  time: 'Over time',
  latency: 'Latency',
  requests: 'Requests',
  failures: 'Failures',
  workers: 'Workers',
  users: 'User classes',
  run: 'Run',
} as const;

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
  return (
    <div class="page">
      <TopBar run={run} theme={theme} sections={SECTIONS} />
      <main>
        <Overview run={run} />
        <OverTime {...shared} />
        <Latency run={run} group={group} />
        <Requests {...shared} />
        <Problems run={run} />
        <Workers {...shared} />
        <UserClasses run={run} />
        <RunFacts run={run} />
      </main>
    </div>
  );
}
