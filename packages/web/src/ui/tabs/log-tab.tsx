import type { LogView } from '@loadts/protocol';
import { type Signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { filterLog, LOG_LEVELS, type LogFilter, logSources } from './log-filter.ts';
import './log-tab.css';

const EVERYTHING: LogFilter = { level: 'all', from: 'all' };

/** What the master and the workers say. Follows the newest line until somebody scrolls up. */
export function LogTab({ lines }: { readonly lines: readonly LogView[] }): JSX.Element {
  const filter = useSignal(EVERYTHING);
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const shown = useMemo(() => filterLog(lines, filter.value), [lines, filter.value]);
  useEffect(() => {
    if (isAtEnd.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [shown]);
  return (
    <section class="card" aria-label="Log">
      <div class="tools">
        <FilterFields lines={lines} filter={filter} />
        <p class="tools-says">
          {shown === lines ? 'The newest 500 lines.' : `${shown.length} of the newest ${lines.length} lines.`}
        </p>
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
        {shown.length === 0 && lines.length > 0 ? (
          <p class="empty">
            <strong>No such line</strong>
            Choose another level, or everyone.
          </p>
        ) : shown.length === 0 ? (
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

interface FilterFieldsProps {
  readonly lines: readonly LogView[];
  readonly filter: Signal<LogFilter>;
}

function FilterFields({ lines, filter }: FilterFieldsProps): JSX.Element {
  const { level, from } = filter.value;
  const names = logSources(lines, from).map(
    (id) => [id, id === 'master' ? 'Master' : `Worker ${id}`] as const,
  );
  return (
    <>
      <Choice
        label="Level"
        value={level}
        choices={Object.entries(LOG_LEVELS)}
        onPick={(picked) => (filter.value = { ...filter.value, level: picked as LogFilter['level'] })}
      />
      <Choice
        label="From"
        value={from}
        choices={[['all', 'Everyone'], ...names]}
        onPick={(picked) => (filter.value = { ...filter.value, from: picked })}
      />
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, title: string])[];
  readonly onPick: (value: string) => void;
}

function Choice({ label, value, choices, onPick }: ChoiceProps): JSX.Element {
  return (
    <label class="log-choice">
      {label}
      <select class="control" value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {choices.map(([id, title]) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
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
