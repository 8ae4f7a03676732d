import type { ClassFacts, ReportData } from '@loadts/core';
import type { JSX } from 'preact';
import { Section } from './section.tsx';
import './user-classes.css';

/** Which users there were and what they did how often. */
export function UserClasses({ run }: { readonly run: ReportData }): JSX.Element {
  return (
    <Section
      id="users"
      title="User classes"
      says="The share of each task in a user's iterations, as the script asks for it."
    >
      <div class={run.classes.length > 1 ? 'grid' : undefined}>
        {run.classes.map((facts) => (
          <UserClassCard key={facts.name} {...facts} />
        ))}
      </div>
    </Section>
  );
}

function UserClassCard({ name, weight, fixedCount, tasks }: ClassFacts): JSX.Element {
  return (
    <div class="card">
      <h3 class="class-head">
        <span class="mono">{name}</span>
        <span class="muted">
          {fixedCount === undefined ? `weight ${weight}` : `${fixedCount} users, always`}
        </span>
      </h3>
      {tasks.length === 0 ? (
        <p class="muted">No tasks.</p>
      ) : (
        <ul class="shares">
          {tasks.map(({ name: task, share }) => (
            <li key={task}>
              <span class="mono">{task}</span>
              <span class="share-bar" aria-hidden="true">
                <span style={{ width: `${100 * share}%` }} />
              </span>
              <span class="num">{(100 * share).toFixed(1)} %</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
