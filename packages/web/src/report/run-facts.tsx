import type { ReportData, RunEvent } from '@loadts/core';
import type { ComponentChildren, JSX } from 'preact';
import { formatClock, formatDate, formatDuration } from '../format/format-time.ts';
import { Section } from './section.tsx';
import { wasGeneratorLimit } from './worker-rows.ts';
import './run-facts.css';

/** What ran, where, and with which options: enough to run it again. */
export function RunFacts({ run }: { readonly run: ReportData }): JSX.Element {
  return (
    <Section id="run" title="Run">
      <div class="grid">
        <div class="card">
          <Identity run={run} />
        </div>
        <div class="card">
          <h3 class="card-title">Options</h3>
          <Options options={run.options} />
        </div>
        {run.events.length > 0 && (
          <div class="card wide">
            <h3 class="card-title">Events</h3>
            <EventList events={run.events} />
          </div>
        )}
      </div>
    </Section>
  );
}

function Identity({ run }: { readonly run: ReportData }): JSX.Element {
  const { master, coverage } = run;
  const machines = new Set(run.workers.map(({ hostname }) => hostname)).size;
  return (
    <dl class="facts">
      <Fact name="Script">
        <span class="mono">{run.script}</span>
      </Fact>
      <Fact name="SHA-256">
        <span class="mono" title={run.scriptHash}>
          {run.scriptHash.slice(0, 16)}
        </span>
      </Fact>
      <Fact name="Host">
        <span class="mono">{run.host ?? 'as the script says'}</span>
      </Fact>
      <Fact name="Started">{formatDate(run.startedAt)}</Fact>
      <Fact name="Duration">{formatDuration(run.durationSeconds)}</Fact>
      <Fact name="Workers">
        {coverage.workers} on {machines === 1 ? 'one machine' : `${machines} machines`}
      </Fact>
      <Fact name="Master">
        {master.hostname}, {master.platform}, {master.cores} cores
      </Fact>
      <Fact name="Versions">
        loadts {master.loadts}, Node.js {master.node.replace(/^v/, '')}
      </Fact>
      <Fact name="Limit">{wasGeneratorLimit(run) ? 'the load generator' : 'not the load generator'}</Fact>
      <Fact name="Seed">{run.seed}</Fact>
      <Fact name="Run">
        <span class="mono">{run.id}</span>
      </Fact>
    </dl>
  );
}

function Options({ options }: { readonly options: ReportData['options'] }): JSX.Element {
  const given = Object.entries(options).filter(
    ([, value]) => value !== null && value !== false && String(value) !== '',
  );
  return (
    <dl class="facts">
      {given.map(([name, value]) => (
        <Fact key={name} name={name}>
          <span class="mono">{Array.isArray(value) ? value.join(', ') : String(value)}</span>
        </Fact>
      ))}
    </dl>
  );
}

function EventList({ events }: { readonly events: readonly RunEvent[] }): JSX.Element {
  return (
    <ol class="events">
      {events.map(({ second, kind, text }) => (
        <li key={`${second} ${text}`} data-kind={kind}>
          <span class="event-time">{formatClock(second)}</span>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}

function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
