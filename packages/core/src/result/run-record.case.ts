import type { SecondDelta } from '../stats/second-delta.ts';
import { EMPTY_HISTOGRAM } from '../stats/sparse-histogram.ts';
import type { RunStart } from './run-result.ts';

/** A run of two workers about to start. */
export function sampleStart(fields: Partial<RunStart> = {}): RunStart {
  const machine = { hostname: 'load-1', platform: 'linux x64', node: 'v22.12.0', loadts: '0.1.0', cores: 4 };
  return {
    id: '20261121-140322-9f3a1c',
    script: 'load.ts',
    scriptHash: '0'.repeat(64),
    host: 'http://127.0.0.1:8080',
    startedAt: '2026-11-21T14:03:22.518Z',
    seed: 42,
    options: {},
    thresholdTexts: [],
    master: machine,
    workers: [1, 2].map((id) => ({ id, hostname: 'load-1', pid: 100 + id, cores: 4, loadts: '0.1.0' })),
    classes: [],
    ...fields,
  };
}

/** A second in which nothing happened but what `fields` tell. */
export function sampleSecond(second: number, fields: Partial<SecondDelta> = {}): SecondDelta {
  return {
    second,
    users: 0,
    entries: [],
    aggregates: [],
    failures: [],
    exceptions: [],
    generatorDelay: EMPTY_HISTOGRAM,
    countedFrom: 0,
    late: false,
    ...fields,
  };
}
