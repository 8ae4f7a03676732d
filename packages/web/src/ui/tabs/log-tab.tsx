import type { LogView } from '@loadts/protocol';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import './log-tab.css';

const IMPORTANT: ReadonlySet<string> = new Set(['warn', 'error', 'fatal']);

/** What the master and the workers say. Follows the newest line until somebody scrolls up. */
export function LogTab({ lines }: { readonly lines: readonly LogView[] }): JSX.Element {
  const onlyImportant = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const shown = onlyImportant.value ? lines.filter(({ level }) => IMPORTANT.has(level)) : lines;
  useEffect(() => {
    if (isAtEnd.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [shown]);
  return (
    <section class="card" aria-label="Log">
      <div class="tools">
        <label class="check">
          <input
            type="checkbox"
            checked={onlyImportant.value}
            onChange={(event) => (onlyImportant.value = event.currentTarget.checked)}
          />
          Warnings and errors only
        </label>
        <p class="tools-says">The newest 500 lines.</p>
      </div>
      <div
        class="log"
        ref={box}
        role="log"
        aria-label="Log lines"
        aria-live="off"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollTop + clientHeight > scrollHeight - 24;
        }}
      >
        {shown.length === 0 ? (
          <p class="empty">
            <strong>Nothing so far</strong>
            What the master, the workers and <code>console.log()</code> of the script say stands here.
          </p>
        ) : (
          shown.map((line, index) => <LogLine key={`${line.time} ${index}`} line={line} />)
        )}
      </div>
    </section>
  );
}

function LogLine({ line: { time, level, worker, text } }: { readonly line: LogView }): JSX.Element {
  return (
    <p class="log-line" data-level={level}>
      <time dateTime={time}>{clockOf(time)}</time>
      <span class="log-level">{level}</span>
      <span class="log-who">{worker === null ? 'master' : `worker ${worker}`}</span>
      <span class="log-text">{text}</span>
    </p>
  );
}

/** In the reader's time zone. */
function clockOf(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : time.toLocaleTimeString('en-GB');
}
