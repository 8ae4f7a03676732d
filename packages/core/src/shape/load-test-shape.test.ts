import { describe, expect, it } from 'vitest';
import { bindShape, LoadTestShape, readShapes, type ShapeTick } from './load-test-shape.ts';

class Wave extends LoadTestShape {
  tick(): ShapeTick | null {
    if (this.getRunTime() >= 60) return null;
    return { users: this.getCurrentUserCount() + 10, spawnRate: 5 };
  }
}

describe('LoadTestShape', () => {
  it('sees the run that it is bound to', () => {
    let seconds = 0;
    const shape = new Wave();
    bindShape(shape, { runTimeSeconds: () => seconds, currentUserCount: () => seconds * 2 });
    seconds = 30;
    expect(shape.tick()).toEqual({ users: 70, spawnRate: 5 });
    seconds = 60;
    expect(shape.tick()).toBeNull();
  });

  it('is at the start of an empty run before it is bound', () => {
    expect(new Wave().getRunTime()).toBe(0);
    expect(new Wave().getCurrentUserCount()).toBe(0);
  });

  it('keeps the runs of two shapes apart', () => {
    const [one, other] = [new Wave(), new Wave()];
    bindShape(one, { runTimeSeconds: () => 1, currentUserCount: () => 1 });
    bindShape(other, { runTimeSeconds: () => 2, currentUserCount: () => 2 });
    expect([one.getRunTime(), other.getRunTime()]).toEqual([1, 2]);
  });
});

describe('readShapes', () => {
  it('finds the shapes among the exports, each once', () => {
    class Spike extends Wave {}
    const exports = {
      Wave,
      default: Wave,
      Spike,
      LoadTestShape,
      number: 1,
      call: () => {},
      nothing: undefined,
    };
    expect(readShapes(exports)).toEqual([Wave, Spike]);
  });
});
