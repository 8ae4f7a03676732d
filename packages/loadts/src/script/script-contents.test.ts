import { HttpUser, LoadTestShape, readUserClasses, User } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { createShape, requireHost, selectShape, selectUserClasses } from './script-contents.ts';

function withTasks<Class extends typeof User>(
  userClass: Class,
  tasks: Readonly<Record<string, number>>,
): Class {
  const mark = Symbol.for('loadts.task');
  for (const [name, weight] of Object.entries(tasks)) {
    Object.defineProperty(userClass.prototype, name, {
      value: Object.assign(() => {}, { [mark]: { weight } }),
    });
  }
  return userClass;
}

class Buyer extends HttpUser {
  static override readonly weight = 3;
  static override readonly abstract = false;
}
class Robot extends User {
  static override readonly abstract = false;
}
class Steps extends LoadTestShape {
  tick(): null {
    return null;
  }
}
class Waves extends Steps {}
class Broken extends Steps {
  constructor() {
    super();
    throw new Error('no table');
  }
}

const exports = { Buyer: withTasks(Buyer, { look: 3, buy: 1 }), Robot: withTasks(Robot, { work: 1 }) };

describe('selectUserClasses', () => {
  it('takes all classes unless some are named', () => {
    expect(selectUserClasses(exports, undefined).map(({ name }) => name)).toEqual(['Buyer', 'Robot']);
    expect(selectUserClasses(exports, ['Robot']).map(({ name }) => name)).toEqual(['Robot']);
  });

  it('offers the nearest name for an unknown one', () => {
    expect(() => selectUserClasses(exports, ['Robt'])).toThrow('no user class "Robt"');
  });
});

describe('selectShape', () => {
  it('takes the only shape there is, or none', () => {
    expect(selectShape({ Steps }, undefined)).toBe(Steps);
    expect(selectShape(exports, undefined)).toBeUndefined();
  });

  it('asks which of several is meant', () => {
    expect(() => selectShape({ Steps, Waves }, undefined)).toThrow('several shapes: Steps, Waves');
    expect(selectShape({ Steps, Waves }, 'Waves')).toBe(Waves);
    expect(() => selectShape({ Steps, Waves }, 'Wavs')).toThrow('no shape "Wavs"');
  });
});

describe('createShape', () => {
  it('makes the shape', () => {
    expect(createShape(Steps)).toBeInstanceOf(Steps);
  });

  it('names the shape whose constructor throws', () => {
    expect(() => createShape(Broken)).toThrow(/the shape Broken threw\nError: no table/);
  });
});

describe('requireHost', () => {
  const classes = readUserClasses(exports);

  it('asks for a host for HTTP users only', () => {
    expect(() => requireHost(classes, undefined)).toThrow('no host for Buyer');
    expect(() => requireHost(classes.slice(1), undefined)).not.toThrow();
  });

  it('is content with a host for all, or one of the class', () => {
    expect(() => requireHost(classes, 'http://localhost')).not.toThrow();
    const own = classes.map((userClass) => ({ ...userClass, host: 'http://localhost' }));
    expect(() => requireHost(own, undefined)).not.toThrow();
  });
});
