import type { ArrivalReport, ReportData } from '@loadts/core';
import type { JSX } from 'preact';
import { formatCount, formatMs, formatPercent, formatRate } from '../format/format-number.ts';
import { formatDuration } from '../format/format-time.ts';
import { ThresholdList } from '../verdict/threshold-list.tsx';
import { VerdictBanner } from '../verdict/verdict-banner.tsx';
import { percentileOf } from './entry-figures.ts';
import { listNotes } from './list-notes.ts';
import './overview.css';

/** The verdict, the numbers that people ask for first, the thresholds and whatever makes the numbers doubtful. */
export function Overview({ run }: { readonly run: ReportData }): JSX.Element {
  const notes = listNotes(run);
  const gaps = run.coverage.gaps.filter((gap) => !run.verdict.reasons.includes(gap));
  return (
    <section id="overview" aria-label="Overview" class="overview">
      <div class="card">
        <VerdictBanner verdict={run.verdict} />
        <KeyFigures run={run} />
        {run.arrivals && <ArrivalFigures arrivals={run.arrivals} />}
      </div>
      <div class="card">
        <h2 class="card-title">Thresholds</h2>
        {run.thresholds.length > 0 ? (
          <ThresholdList results={run.thresholds} />
        ) : (
          <p class="muted">
            None. With <code>--threshold 'p95 &lt; 300ms'</code> a run decides by itself whether it is good
            enough.
          </p>
        )}
      </div>
      {run.warnings.length + notes.length + gaps.length > 0 && (
        <div class="card">
          <h2 class="card-title">Read this beside the numbers</h2>
          <ul class="notes">
            {gaps.map((gap) => (
              <Note key={gap} label="Missing" tone="warn" text={gap} />
            ))}
            {run.warnings.map((warning) => (
              <Note key={warning} label="Warning" tone="warn" text={warning} />
            ))}
            {notes.map((note) => (
              <Note key={note} label="Note" tone="calm" text={note} />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function KeyFigures({ run }: { readonly run: ReportData }): JSX.Element {
  const { total } = run;
  const time = (percentile: number): string =>
    total.measured > 0 ? formatMs(percentileOf(total, percentile)) : '–';
  return (
    <dl class="figures">
      <Figure name="Requests" value={formatCount(total.requests)} />
      <Figure name="Per second" value={formatRate(total.requestsPerSecond)} />
      <Figure
        name="Failed"
        value={formatPercent(total.failures, total.requests)}
        detail={formatCount(total.failures)}
        isBad={total.failures > 0}
      />
      <Figure name="Median" value={time(50)} />
      <Figure name="p95" value={time(95)} />
      <Figure name="p99" value={time(99)} />
      <Figure name="Most users" value={formatCount(run.peakUsers)} />
      <Figure name="Duration" value={formatDuration(run.durationSeconds)} />
    </dl>
  );
}

/** What became of the iterations that a rate asked for. */
function ArrivalFigures({ arrivals }: { readonly arrivals: ArrivalReport }): JSX.Element {
  const { asked, started, dropped, left, lost, queuedMost, maxUsers } = arrivals;
  const missed = [
    { name: 'Dropped', count: dropped, detail: 'no free user' },
    { name: 'Left', count: left, detail: 'at the end' },
    { name: 'Lost', count: lost, detail: 'with workers' },
  ].filter(({ count }) => count > 0);
  return (
    <dl class="figures" aria-label="Arrivals">
      <Figure name="Iterations asked for" value={formatCount(asked)} />
      <Figure name="Started" value={formatCount(started)} />
      {missed.map(({ name, count, detail }) => (
        <Figure
          key={name}
          name={name}
          value={formatPercent(count, asked)}
          detail={`${formatCount(count)} ${detail}`}
          isBad
        />
      ))}
      <Figure name="Waiting at once" value={formatCount(queuedMost)} detail="at most" />
      <Figure name="Users" value={formatCount(maxUsers)} detail="at most" />
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly detail?: string;
  readonly isBad?: boolean;
}

function Figure({ name, value, detail, isBad = false }: FigureProps): JSX.Element {
  return (
    <div class="figure">
      <dt>{name}</dt>
      <dd class={isBad ? 'is-bad' : undefined}>
        {value}
        {detail !== undefined && <span class="figure-detail"> {detail}</span>}
      </dd>
    </div>
  );
}

interface NoteProps {
  readonly label: string;
  readonly tone: 'warn' | 'calm';
  readonly text: string;
}

function Note({ label, tone, text }: NoteProps): JSX.Element {
  return (
    <li class="note" data-tone={tone}>
      <span class="note-label">{label}</span>
      <span>{text}</span>
    </li>
  );
}
