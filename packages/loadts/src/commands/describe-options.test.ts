import { describe, expect, it } from 'vitest';
import { resolveRunConfig } from '../config/resolve-run-config.ts';
import { describeOptions, maskCredentials } from './describe-options.ts';

function describeFor(values: Readonly<Record<string, unknown>>) {
  const { config } = resolveRunConfig({
    commandLine: { values, problems: [] },
    env: {},
    countCores: () => 2,
  });
  return describeOptions({ config: { ...config, scriptArgs: ['key=k1'] }, argsText: 'plan=gold, key=***' });
}

describe('the options in the record of a run', () => {
  it('are plain values by name', () => {
    expect(
      describeFor({ users: '5', runTime: '10s', threshold: ['p95<1s'], stages: '1m:5', tags: ['a', 'b'] }),
    ).toMatchObject({
      users: 5,
      spawnRate: 1,
      runTimeMs: 10_000,
      thresholds: ['p95 < 1s'],
      stages: ['1m:5'],
      tags: ['a', 'b'],
      host: null,
      headless: false,
      processes: 2,
    });
  });

  it('hold no secret', () => {
    const described = describeFor({
      token: 'open sesame',
      host: 'http://ann:secret@shop:80',
      reportUrl: 'https://store/run?key=secret&x=1',
    });
    expect(described).toMatchObject({
      token: '***',
      host: 'http://***@shop:80',
      reportUrl: 'https://store/run?***',
      scriptArgs: 'plan=gold, key=***',
    });
    expect(JSON.stringify(described)).not.toMatch(/sesame|secret|k1/);
    expect(describeFor({})).toMatchObject({ token: null });
  });

  it('leave an @ in a path alone', () => {
    expect(maskCredentials('http://shop/@ann')).toBe('http://shop/@ann');
  });
});
