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

describe('common options', () => {
  it('are those of the run that the shape is bound to', () => {
    const shape = new Wave();
    expect(shape.useCommonOptions).toBe(false);
    expect(shape.getCommonOptions()).toEqual({});
    const context = { runTimeSeconds: () => 1, currentUserCount: () => 1 };
    bindShape(shape, context);
    expect(shape.getCommonOptions()).toEqual({});
    bindShape(shape, { ...context, commonOptions: () => ({ users: 5, runTime: 60 }) });
    expect(shape.getCommonOptions()).toEqual({ users: 5, runTime: 60 });
  });
});

describe('readShapes', () => {
  it('names a shape that has no name after its first export', () => {
    const [made] = [(() => class extends Wave {})()];
    expect(made.name).toBe('');
    expect(readShapes({ rush: made, calm: made, Wave }).map(({ name }) => name)).toEqual(['rush', 'Wave']);
    expect(readShapes({ calm: made })).toEqual([made]);
    expect(made.name).toBe('rush');
  });

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
