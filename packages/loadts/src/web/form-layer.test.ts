import { LoadtsError } from '@loadts/core';
import type { StartRequest } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../config/parse-command-line.ts';
import { type ResolvedRunConfig, resolveRunConfig } from '../config/resolve-run-config.ts';
import { formLayer } from './form-layer.ts';

const ARGS = { tenant: { choices: ['a', 'b'], default: 'a' }, key: { secret: true } };

function resolve(request: StartRequest, argv = ''): ResolvedRunConfig {
  const commandLine = parseCommandLine(['run', ...argv.split(' ').filter((word) => word !== '')], '0.1.0');
  if (commandLine.name === 'print') throw new Error('printed');
  const sources = {
    commandLine,
    env: {},
    scriptArgs: ARGS,
    scriptProfiles: { mine: { users: 7, maxEntries: 5 } },
  };
  const { scriptArgs } = resolveRunConfig(sources).config;
  return resolveRunConfig({ ...sources, form: formLayer(request, scriptArgs) });
}

function refusal(request: StartRequest): string {
  try {
    resolve(request, '--arg key=k');
  } catch (error) {
    if (error instanceof LoadtsError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('the start form', () => {
  it('goes before the command line, which fills what it leaves out', () => {
    const request = { users: '5', runTime: '1m', spawnRate: null, thresholds: ['p95 < 1s', 'errors < 1%'] };
    const { config, given } = resolve(request, '-u 9 -r 3 -t 5 --arg key=k');
    expect(config).toMatchObject({ users: 5, spawnRate: 3, runTimeMs: 60_000, thresholds: [{}, {}] });
    expect([given.has('users'), given.has('host')]).toEqual([true, false]);
  });

  it('takes an option away with an empty field', () => {
    const { config } = resolve(
      { runTime: '', rate: '', thresholds: [], classes: [] },
      '-t 5 --rate 9 --class A --arg key=k',
    );
    expect(config).toMatchObject({ runTimeMs: undefined, rate: undefined, classes: undefined });
  });

  it('chooses a profile, which it can adjust', () => {
    expect(resolve({ profile: 'mine' }, '--arg key=k').config).toMatchObject({ users: 7, maxEntries: 5 });
    expect(resolve({ profile: 'mine', users: 8 }, '--arg key=k').config.users).toBe(8);
  });

  it("gives the script's arguments, and leaves a secret as the command has it", () => {
    const { args, argsText } = resolve({ args: { tenant: 'b' } }, '--arg key=k1 --arg tenant=a');
    expect(args).toEqual({ tenant: 'b', key: 'k1' });
    expect(argsText).toBe('tenant=b, key=***');
  });

  it('is told all that is wrong at once, by the names of its fields', () => {
    const message = refusal({
      users: 'many',
      host: 'nowhere',
      thresholds: ['p95 < soon'],
      args: { tenant: 'c' },
    });
    expect(message).toMatch(/^4 problems/);
    expect(message).toContain('users: "many" is not a whole number');
    expect(message).toContain('host: "nowhere"');
    expect(message).toContain('thresholds: ');
    expect(message).toContain('--arg tenant: "c" is not one of the choices');
  });

  it('has to give what has no value, which the command may leave to it', () => {
    expect(() => resolve({})).toThrow("the script's argument key has no value");
    expect(resolve({ args: { key: 'k' } }).args).toEqual({ tenant: 'a', key: 'k' });
    expect(() => resolve({}, '--headless')).toThrow("the script's argument key has no value");
    expect(() => resolve({}, '--autostart')).toThrow("the script's argument key has no value");
  });
});
