import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.case.ts';
import type { ScriptHooks } from './script-hooks.ts';
import { ScriptLifecycle } from './script-lifecycle.ts';

const { signal } = new AbortController();
const context = {
  args: { tenant: 'b' },
  host: 'http://127.0.0.1:1',
  options: { users: 5, spawnRate: 'all' as const, runTime: 60, iterations: undefined, workers: 2, seed: 7 },
};

function create(hooks: ScriptHooks): ScriptLifecycle {
  return new ScriptLifecycle({ hooks, context, clock: new FakeClock() });
}

describe('the lifecycle of a script', () => {
  it('is empty where the script has no hooks', async () => {
    const lifecycle = create({});
    await expect(lifecycle.setup(signal)).resolves.toBeNull();
    await expect(lifecycle.teardown(signal)).resolves.toEqual([]);
  });

  it('hands host, options and a signal to both, and the data of setup to teardown', async () => {
    const seen: unknown[] = [];
    const lifecycle = create({
      setup: (given) => {
        seen.push(given);
        return { token: 'x' };
      },
      teardown: (given) => void seen.push(given),
    });
    await expect(lifecycle.setup(signal)).resolves.toBe('{"token":"x"}');
    await expect(lifecycle.teardown(signal)).resolves.toEqual([]);
    const given = { ...context, signal: expect.any(AbortSignal) };
    expect(seen).toEqual([given, { ...given, data: { token: 'x' } }]);
  });

  it('fails where setup returns what is no JSON', async () => {
    await expect(create({ setup: () => new Set() }).setup(signal)).rejects.toThrow('Set(0)');
  });

  it('reports what teardown threw', async () => {
    const lifecycle = create({ teardown: () => Promise.reject(new Error('still in use')) });
    await expect(lifecycle.teardown(signal)).resolves.toEqual([
      expect.stringContaining('teardown() threw\nError: still in use'),
    ]);
  });
});
