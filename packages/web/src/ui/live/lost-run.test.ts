import { describe, expect, it } from 'vitest';
import { runLostWith } from './lost-run.ts';

const run = { id: 'run-1', startedAt: null, elapsedSeconds: 0, runTimeSeconds: null };

describe('a master that vanished', () => {
  it('takes the run with it that went on, and none that was over or had not begun', () => {
    expect(runLostWith({ phase: 'running', run })).toBe('run-1');
    expect(runLostWith({ phase: 'stopping', run })).toBe('run-1');
    expect(runLostWith({ phase: 'stopped', run })).toBeUndefined();
    expect(runLostWith({ phase: 'ready', run: null })).toBeUndefined();
  });
});
