import type { ReportData, StreamReport } from '@loadts/core';
import type { JSX } from 'preact';
import { DataTable } from '../table/data-table.tsx';
import { ThresholdList } from '../verdict/threshold-list.tsx';
import { keyOf } from './entry-figures.ts';
import { listStreamThresholds } from './list-stream-thresholds.ts';
import { Section } from './section.tsx';
import { STREAM_COLUMNS } from './stream-columns.tsx';

interface StreamsProps {
  readonly run: ReportData;
  readonly streams: readonly StreamReport[];
}

/** When the events of streamed answers came. */
export function Streams({ run, streams }: StreamsProps): JSX.Element {
  const thresholds = listStreamThresholds(run.thresholds);
  return (
    <Section id="streams" title="Streams" says="When their events came, in milliseconds.">
      <div class="card">
        <DataTable caption="Streams" columns={STREAM_COLUMNS} rows={streams} keyOf={keyOf} />
        <p class="footnote">
          First: from the call to the first event. Gap: between two events. Per event: the mean of a stream
          after its first one. – is a time that nothing was measured of.
        </p>
      </div>
      {thresholds.length > 0 && (
        <div class="card">
          <h3 class="card-title">Thresholds of streams</h3>
          <ThresholdList results={thresholds} />
        </div>
      )}
    </Section>
  );
}
