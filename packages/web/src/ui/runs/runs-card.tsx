import type { PastRun } from '@loadts/protocol';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { formatCompact, formatMs, formatPercent } from '../../format/format-number.ts';
import { formatDuration, formatMoment } from '../../format/format-time.ts';
import { Comparison } from './comparison.tsx';
import './runs.css';

export interface RunsCardProps {
  readonly runs: readonly PastRun[];
  /** Where there is room for the comparison beside. */
  readonly isWide?: boolean;
}

const VERDICTS: Readonly<Record<PastRun['verdict'], string>> = {
  pass: 'passed',
  fail: 'failed',
  invalid: 'invalid',
  incomplete: 'incomplete',
};

/** Earlier runs of this master, the newest first. Two that are picked are compared. */
export function RunsCard({ runs, isWide = false }: RunsCardProps): JSX.Element {
  const picked = useSignal<readonly string[]>([]);
  if (runs.length === 0) {
    return (
      <section class="card" aria-label="Runs">
        <h3>Earlier runs</h3>
        <p class="muted small">
          None yet. Each run stands here when it is over, and two of them can be compared.
        </p>
      </section>
    );
  }
  const toggle = (id: string, isOn: boolean): void => {
    const others = picked.value.filter((other) => other !== id);
    picked.value = isOn ? [...others, id].slice(-2) : others;
  };
  const [before, after] = runs.filter(({ id }) => picked.value.includes(id));
  return (
    <>
      <section class="card" aria-label="Runs">
        <h3>Earlier runs</h3>
        <p class="muted small">{isWide && runs.length > 1 ? 'Pick two to compare them.' : ''}</p>
        <ul class="runs">
          {runs.toReversed().map((run) => (
            <RunLine
              key={run.id}
              run={run}
              isPicked={picked.value.includes(run.id)}
              onPick={isWide && runs.length > 1 ? (isOn) => toggle(run.id, isOn) : undefined}
            />
          ))}
        </ul>
      </section>
      {before !== undefined && after !== undefined && (
        <Comparison key={`${before.id} ${after.id}`} before={before} after={after} />
      )}
    </>
  );
}

interface RunLineProps {
  readonly run: PastRun;
  readonly isPicked: boolean;
  readonly onPick: ((isOn: boolean) => void) | undefined;
}

function RunLine({ run, isPicked, onPick }: RunLineProps): JSX.Element {
  const { startedAt, durationSeconds, verdict, requests, failures, p95Ms } = run;
  const facts = [
    formatDuration(durationSeconds),
    `${formatCompact(requests)} requests`,
    `${formatPercent(failures, requests)} failed`,
    `p95 ${formatMs(p95Ms)}`,
  ];
  const content = (
    <>
      <span class="run-verdict" data-kind={verdict}>
        {VERDICTS[verdict]}
      </span>
      <span class="run-when">{formatMoment(startedAt)}</span>
      <span class="run-facts">{facts.join(' · ')}</span>
    </>
  );
  if (onPick === undefined) return <li class="run-line">{content}</li>;
  return (
    <li>
      <label class="run-line is-pickable">
        <input type="checkbox" checked={isPicked} onChange={(event) => onPick(event.currentTarget.checked)} />
        {content}
      </label>
    </li>
  );
}
