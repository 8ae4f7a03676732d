import type { ReportData } from '@loadts/core';
import type { JSX } from 'preact';
import { formatCount, formatPercent } from '../format/format-number.ts';
import { formatClock } from '../format/format-time.ts';
import { keyOf } from './entry-figures.ts';
import { type FailureGroup, groupFailures } from './group-problems.ts';
import { Section } from './section.tsx';
import './problems.css';

/** Why requests failed, and what the script threw. */
export function Problems({ run }: { readonly run: ReportData }): JSX.Element {
  const groups = groupFailures(run.failures);
  return (
    <Section
      id="failures"
      title="Failures"
      says={groups.length > 0 ? 'By reason, most frequent first.' : undefined}
    >
      <div class="card">
        {groups.length === 0 ? (
          <div class="empty">
            <strong>No request failed</strong>
            {run.total.requests > 0 &&
              `All ${formatCount(run.total.requests)} did what their checks ask for.`}
          </div>
        ) : (
          <ul class="problems">
            {groups.map((group) => (
              <Failures key={group.reason} group={group} all={run.total.failures} />
            ))}
          </ul>
        )}
      </div>
      {run.exceptions.length > 0 && (
        <div class="card">
          <h3 class="card-title">Exceptions in the script</h3>
          <ul class="problems">
            {run.exceptions.map((exception) => (
              <Exception
                key={`${exception.userClass}\n${exception.task}\n${exception.message}`}
                {...exception}
              />
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}

function Failures({ group, all }: { readonly group: FailureGroup; readonly all: number }): JSX.Element {
  const { reason, count, failures, firstSecond, lastSecond } = group;
  return (
    <li>
      <details class="problem">
        <summary>
          <span class="problem-count">{formatCount(count)}</span>
          <span class="problem-text">{reason}</span>
          <span class="problem-where">
            {formatPercent(count, all)} of failures ·{' '}
            {failures.length === 1 ? '1 request' : `${failures.length} requests`} · {formatClock(firstSecond)}
            –{formatClock(lastSecond)}
          </span>
        </summary>
        <ul class="problem-parts">
          {failures.map(({ key, count: part, firstSecond: first, lastSecond: last }) => (
            <li key={keyOf(key)}>
              <span class="problem-count">{formatCount(part)}</span>
              <span class="mono">
                <span class="method">{key.method}</span> {key.scenario !== undefined && `${key.scenario}: `}
                {key.name}
              </span>
              <span class="problem-where">
                {formatClock(first)}–{formatClock(last)}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

type ExceptionProps = ReportData['exceptions'][number];

function Exception({ userClass, task, message, stack, count, workers }: ExceptionProps): JSX.Element {
  const where = [userClass, task].filter((part) => part !== '').join('.');
  return (
    <li>
      <details class="problem">
        <summary>
          <span class="problem-count">{formatCount(count)}</span>
          <span class="problem-text">{message}</span>
          <span class="problem-where">
            <span class="mono">{where}</span>
            {workers.length > 0 &&
              ` · on ${workers.length === 1 ? 'worker' : 'workers'} ${workers.join(', ')}`}
          </span>
        </summary>
        <pre class="stack">{stack === '' ? 'No stack was kept.' : stack}</pre>
      </details>
    </li>
  );
}
