import type { SecondView, StateView } from '@loadts/protocol';
import type { ComponentChildren, JSX } from 'preact';
import { formatCount, formatMs, formatPercent, formatRate } from '../../format/format-number.ts';
import { formatClock } from '../../format/format-time.ts';
import { percentileOf } from '../../report/entry-figures.ts';
import { describeProgress } from './describe-progress.ts';
import { Standing } from './standing.tsx';
import './key-figures.css';

export interface KeyFiguresProps {
  readonly state: StateView;
  readonly second: SecondView | null;
}

/** The numbers that people look at first: how it is now, and over the whole run below. */
export function KeyFigures({ state, second }: KeyFiguresProps): JSX.Element {
  const isOver = state.phase === 'stopped';
  return (
    <section class="card key" aria-label="Key figures">
      <dl class="key-figures">
        <Figure name="Users" value={formatCount(second?.users ?? 0)} says={describeUsers(second)} />
        <Requests second={second} isOver={isOver} />
        {[50, 95, 99].map((percentile) => (
          <Time key={percentile} second={second} percentile={percentile} isOver={isOver} />
        ))}
        <Clock state={state} second={second} />
      </dl>
      <Standing second={second} phase={state.phase} />
    </section>
  );
}

interface SecondProps extends Pick<KeyFiguresProps, 'second'> {
  /** There is no now any more. */
  readonly isOver: boolean;
}

const NOTHING = { requests: 0, failures: 0, requestsPerSecond: 0 };

function Requests({ second, isOver }: SecondProps): JSX.Element {
  const { requests, failures, requestsPerSecond } = second?.total ?? NOTHING;
  const rate = isOver ? requestsPerSecond : (second?.recent.requestsPerSecond ?? 0);
  return (
    <>
      <Figure name="Requests / s" value={formatRate(rate)} says={`${formatCount(requests)} in all`} />
      <Figure
        name="Failures"
        value={formatPercent(failures, requests)}
        says={`${formatCount(failures)} in all`}
        isBad={failures > 0}
      />
    </>
  );
}

function Time({ second, isOver, percentile }: SecondProps & { readonly percentile: number }): JSX.Element {
  const name = `p${percentile}`;
  if (second === null || second.total.measured === 0) return <Figure name={name} value="–" says="" />;
  const now = second.point?.[`${name}Ms` as 'p50Ms'] ?? null;
  return (
    <Figure
      name={name}
      value={formatMs(percentileOf(second.total, percentile))}
      says={now === null || isOver ? '' : `now ${formatMs(now)}`}
    />
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: ComponentChildren;
  readonly says: ComponentChildren;
  readonly isBad?: boolean;
}

function Figure({ name, value, says, isBad = false }: FigureProps): JSX.Element {
  return (
    <div class="key-figure">
      <dt>{name}</dt>
      <dd class={isBad ? 'is-bad' : undefined}>{value}</dd>
      <dd class="key-says">{says}</dd>
    </div>
  );
}

function Clock({ state, second }: KeyFiguresProps): JSX.Element {
  const elapsed = second?.elapsedSeconds ?? state.run?.elapsedSeconds ?? 0;
  const runTime = state.run?.runTimeSeconds ?? null;
  const { says, share } = describeProgress(state.phase, elapsed, runTime);
  return (
    <div class="key-figure">
      <dt>Elapsed</dt>
      <dd>{formatClock(elapsed)}</dd>
      <dd class="key-says">
        {says}
        {share !== undefined && (
          <progress class="bar" max={1} value={share} aria-label="Share of the run time" />
        )}
      </dd>
    </div>
  );
}

function describeUsers(second: SecondView | null): string {
  if (second === null || second.users === second.targetUsers) return '';
  return `on the way to ${formatCount(second.targetUsers)}`;
}
