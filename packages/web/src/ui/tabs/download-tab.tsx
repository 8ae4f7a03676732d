import type { StateView } from '@loadts/protocol';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Icon } from '../../parts/icon.tsx';
import { fetchFile } from '../api/fetch-file.ts';
import { Notice } from '../parts/notice.tsx';
import './download-tab.css';

export interface DownloadTabProps {
  readonly runId: string | null;
  readonly phase: StateView['phase'];
}

const FILES = [
  {
    path: 'report',
    name: 'HTML report',
    says: 'One page with charts and tables, to keep or to send',
    type: 'html',
  },
  {
    path: 'result',
    name: 'Result',
    says: 'All numbers with their histograms, for loadts compare',
    type: 'json',
  },
  { path: 'csv/stats', name: 'Statistics', says: 'One line for each request', type: 'csv' },
  { path: 'csv/failures', name: 'Failures', says: 'One line for each reason', type: 'csv' },
  {
    path: 'csv/exceptions',
    name: 'Exceptions',
    says: 'One line for each that the script threw',
    type: 'csv',
  },
  { path: 'csv/stats_history', name: 'History', says: 'One line for each request and second', type: 'csv' },
  { path: 'run-file', name: 'Run file', says: 'Everything, for loadts report', type: 'loadts' },
] as const;

/** The run as files: those of a run that goes on hold what there is by now. */
export function DownloadTab({ runId, phase }: DownloadTabProps): JSX.Element {
  const problem = useSignal<string | undefined>(undefined);
  if (runId === null || phase === 'starting') {
    return (
      <p class="card empty">
        <strong>Nothing to download yet</strong>
        Files are there from the first second of a run on.
      </p>
    );
  }
  const load = async (path: string, fallback: string): Promise<void> => {
    problem.value = undefined;
    try {
      await fetchFile(`runs/${encodeURIComponent(runId)}/${path}`, fallback);
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
  };
  return (
    <section class="card" aria-label="Download">
      {problem.value !== undefined && <Notice tone="bad" text={problem.value} />}
      <p class="tools-says">
        {phase === 'stopped' ? 'The whole run.' : 'The run goes on: files hold what there is by now.'}
      </p>
      <ul class="files">
        {FILES.map(({ path, name, says, type }) => (
          <li key={path}>
            <button
              type="button"
              class="file"
              onClick={() => void load(path, `loadts_${runId}_${path.replace('/', '_')}.${type}`)}
            >
              <Icon name="download" size={18} />
              <span class="file-name">{name}</span>
              <span class="file-type">{type}</span>
              <span class="file-says">{says}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
