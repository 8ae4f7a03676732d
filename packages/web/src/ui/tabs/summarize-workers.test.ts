import type { WorkerView } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { summarizeWorkers } from './summarize-workers.ts';

function worker(id: number, rest: Partial<WorkerView> = {}): WorkerView {
  const figures = { users: 1, share: 1, cpu: 0.1, loopDelayMs: 1, utilization: 0.1, memoryMb: 50 };
  return { id, hostname: 'a', state: 'running', ...figures, ...rest };
}

describe('the workers in one sentence', () => {
  it('are no limit where all are well, also before they said anything', () => {
    expect(summarizeWorkers([worker(1, { utilization: null })])).toEqual({
      says: 'No worker is the limit now.',
      isBad: false,
    });
  });

  it('are busy where the event loop of one is', () => {
    const { says, isBad } = summarizeWorkers([worker(1), worker(2, { utilization: 0.95 })]);
    expect([says, isBad]).toEqual(['Worker 2 is busy: times may be too long. Use more workers.', true]);
  });

  it('were the limit where the verdict says so, however they are now', () => {
    expect(summarizeWorkers([worker(1)], 'invalid')).toMatchObject({ isBad: true });
  });

  it('are gone before anything else', () => {
    const gone = [
      worker(1, { state: 'lost' }),
      worker(2, { state: 'missing' }),
      worker(3, { utilization: 1 }),
    ];
    expect(summarizeWorkers(gone).says).toMatch(/^Workers 1, 2 are gone/);
  });
});
