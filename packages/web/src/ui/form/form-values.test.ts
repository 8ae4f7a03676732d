import type { FormArg, FormView } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { modelsOf, toRequest, valuesOf } from './form-values.ts';

const FORM: FormView = {
  users: 10,
  spawnRate: 'all',
  host: 'http://127.0.0.1:8000',
  runTime: '1m',
  rate: null,
  maxUsers: null,
  shape: null,
  profile: null,
  classes: [],
  chosenClasses: [],
  shapes: [],
  profiles: [],
  scriptRate: null,
  scenarios: [],
  chosenScenarios: [],
  thresholds: ['p95 < 300ms'],
  args: [],
};

const BROWSE = { name: 'browse', load: '20 users of Browser, 2/s' };

function arg(name: string, rest: Partial<FormArg>): FormArg {
  return { name, kind: 'text', default: null, choices: [], help: '', isRequired: false, ...rest };
}

function requestOf(form: Partial<FormView>, change: Partial<ReturnType<typeof valuesOf>> = {}) {
  const view = { ...FORM, ...form };
  return toRequest({ ...valuesOf(view), ...change }, view);
}

describe('the start form', () => {
  it('asks for what the command was told where nobody changes anything', () => {
    expect(requestOf({})).toEqual({
      users: '10',
      spawnRate: 'all',
      host: 'http://127.0.0.1:8000',
      runTime: '1m',
      thresholds: ['p95 < 300ms'],
    });
  });

  it('has a threshold a line', () => {
    expect(requestOf({}, { thresholds: ' p95 < 1s \n\nerrors < 1%' }).thresholds).toEqual([
      'p95 < 1s',
      'errors < 1%',
    ]);
  });

  it('offers only the models that the script can run under', () => {
    expect(modelsOf(FORM)).toEqual(['users', 'rate']);
    expect(modelsOf({ ...FORM, shapes: ['Wave'], profiles: ['spike'] })).toEqual([
      'users',
      'shape',
      'profile',
      'rate',
    ]);
    expect(modelsOf({ ...FORM, scriptRate: '5 iterations/s' })).toEqual(['users', 'rate', 'scriptRate']);
    expect(modelsOf({ ...FORM, scenarios: [BROWSE] })).toEqual(['scenarios']);
  });

  it('begins with the model that the command was told', () => {
    expect(valuesOf({ ...FORM, rate: 50 }).model).toBe('rate');
    expect(valuesOf({ ...FORM, shapes: ['Wave'] }).model).toBe('shape');
    expect(valuesOf({ ...FORM, profile: 'spike' }).model).toBe('profile');
    expect(valuesOf({ ...FORM, scriptRate: '5 iterations/s' }).model).toBe('scriptRate');
    expect(valuesOf({ ...FORM, scenarios: [BROWSE] }).model).toBe('scenarios');
  });

  it('takes back what the command was told where another model is chosen', () => {
    expect(requestOf({ shape: 'Wave', shapes: ['Wave'] }, { model: 'users' })).toMatchObject({
      shape: '',
      users: '10',
    });
    const rate = requestOf({}, { model: 'rate', rate: '50', maxUsers: '' });
    expect(rate).toMatchObject({ rate: '50', maxUsers: null });
    expect(rate).toMatchObject({ users: '', spawnRate: '' });
  });

  it('asks for one of several shapes, and for none where users decide', () => {
    const shapes = { shapes: ['Wave', 'Day'] };
    expect(requestOf(shapes).shape).toBe('Wave');
    expect(requestOf(shapes, { shape: 'Day' }).shape).toBe('Day');
    expect(requestOf(shapes, { model: 'users' })).toMatchObject({ shape: '', users: '10' });
  });

  it('leaves the rate to the script, or takes it back where something else decides', () => {
    const own = { scriptRate: '5 to 50 iterations/s' };
    expect(requestOf(own)).toMatchObject({ rate: null, users: '' });
    expect(requestOf(own, { model: 'users' })).toMatchObject({ rate: '', users: '10' });
  });

  it('leaves the load to the scenarios of the script where it has any, and names those that are chosen', () => {
    const request = requestOf({ scenarios: [BROWSE, { ...BROWSE, name: 'buy' }], chosenScenarios: ['buy'] });
    expect(request).not.toHaveProperty('users');
    expect(request.scenarios).toEqual(['buy']);
  });

  it('gives arguments their own types, and no secret that nobody typed', () => {
    const args = [
      arg('size', { kind: 'number', default: 3 }),
      arg('tier', { kind: 'choice', default: 2, choices: [1, 2] }),
      arg('deep', { kind: 'boolean', default: true }),
      arg('token', { kind: 'secret' }),
      arg('note', {}),
    ];
    expect(requestOf({ args }).args).toEqual({ size: 3, tier: 2, deep: true });
    const typed = { size: 'many', tier: '1', deep: false, token: 'x', note: 'n' };
    expect(requestOf({ args }, { args: typed }).args).toEqual({ ...typed, tier: 1 });
  });

  it('names the user classes only where there is a choice', () => {
    const one = { name: 'A', weight: 1, fixedCount: null, tasks: [] };
    expect(requestOf({ classes: [one], chosenClasses: ['A'] })).not.toHaveProperty('classes');
    expect(requestOf({ classes: [one, { ...one, name: 'B' }], chosenClasses: ['B'] }).classes).toEqual(['B']);
  });
});
