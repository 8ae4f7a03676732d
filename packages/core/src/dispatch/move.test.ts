import { describe, expect, it } from 'vitest';
import { applyMoves, type Move } from './move.ts';

const before = [
  [1, 0],
  [0, 2],
];
const moves: Move[] = [
  { kind: 'start', worker: 0, classIndex: 1 },
  { kind: 'stop', worker: 1, classIndex: 1 },
];

describe('applyMoves', () => {
  it('adds what starts and takes away what stops', () => {
    expect(applyMoves(before, moves)).toEqual([
      [1, 1],
      [0, 1],
    ]);
  });

  it('stops after so many steps', () => {
    expect(applyMoves(before, moves, 1)).toEqual([
      [1, 1],
      [0, 2],
    ]);
  });

  it('leaves what was before as it is', () => {
    applyMoves(before, moves);
    expect(before).toEqual([
      [1, 0],
      [0, 2],
    ]);
  });
});
