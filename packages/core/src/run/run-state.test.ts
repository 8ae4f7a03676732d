import { describe, expect, it } from 'vitest';
import { canFollow, type RunState } from './run-state.ts';

const STATES: readonly RunState[] = ['ready', 'spawning', 'running', 'stopping', 'stopped'];

describe('canFollow', () => {
  it('lets a run through its states, back to spawning when the load changes, and out at any time', () => {
    const allowed = STATES.map((from) => [from, STATES.filter((to) => canFollow(from, to))]);
    expect(Object.fromEntries(allowed)).toEqual({
      ready: ['spawning', 'stopping', 'stopped'],
      spawning: ['running', 'stopping'],
      running: ['spawning', 'stopping'],
      stopping: ['stopped'],
      stopped: [],
    });
  });
});
