import type { FormClass } from '@loadts/protocol';
import type { JSX } from 'preact';
import '../../report/user-classes.css';

/** The share of each task in what the users of its class do. */
export function RatioTab({ classes }: { readonly classes: readonly FormClass[] }): JSX.Element {
  if (classes.length === 0) {
    return (
      <p class="card empty">
        <strong>No user class takes part yet</strong>
        They stand here with their tasks once a run has started.
      </p>
    );
  }
  const weights = classes.reduce(
    (sum, { weight, fixedCount }) => sum + (fixedCount === null ? weight : 0),
    0,
  );
  return (
    <div class={classes.length > 1 ? 'grid' : undefined}>
      {classes.map((userClass) => (
        <ClassCard key={userClass.name} userClass={userClass} weights={weights} />
      ))}
    </div>
  );
}

interface ClassCardProps {
  readonly userClass: FormClass;
  readonly weights: number;
}

function ClassCard({ userClass, weights }: ClassCardProps): JSX.Element {
  const { name, weight, fixedCount, tasks } = userClass;
  const share = weights > 0 ? `, ${percent(weight / weights)} of the users` : '';
  return (
    <section class="card" aria-label={`Tasks of ${name}`}>
      <h3 class="class-head">
        <span class="mono">{name}</span>
        <span class="muted">
          {fixedCount === null ? `weight ${weight}${share}` : `${fixedCount} users, always`}
        </span>
      </h3>
      {tasks.length === 0 ? (
        <p class="muted">No tasks.</p>
      ) : (
        <ul class="shares">
          {tasks.map(({ name: task, share: part }) => (
            <li key={task}>
              <span class="mono">{task}</span>
              <span class="share-bar" aria-hidden="true">
                <span style={{ width: `${100 * part}%` }} />
              </span>
              <span class="num">{percent(part)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
