import type { ExceptionView } from '@loadts/protocol';
import type { JSX } from 'preact';
import { formatCount } from '../../format/format-number.ts';
import '../../report/problems.css';

/** What the script threw, each with the stack of its first time. */
export function ExceptionsTab({
  exceptions,
}: {
  readonly exceptions: readonly ExceptionView[];
}): JSX.Element {
  if (exceptions.length === 0) {
    return (
      <p class="card empty">
        <strong>The script has thrown nothing</strong>
        Exceptions of tasks stand here with the line of the script that they come from.
      </p>
    );
  }
  return (
    <section class="card" aria-label="Exceptions">
      <ul class="problems">
        {exceptions.map(({ userClass, task, message, stack, count, workers }) => (
          <li key={[userClass, task, message, stack].join('\n')}>
            <details class="problem">
              <summary>
                <span class="problem-count num">{formatCount(count)}</span>
                <span class="problem-text mono">{message}</span>
                <span class="problem-where">
                  {[userClass, task].filter(Boolean).join('.')}
                  {workers.length > 0 && ` on worker ${workers.join(', ')}`}
                </span>
              </summary>
              <pre class="stack">{stack}</pre>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
