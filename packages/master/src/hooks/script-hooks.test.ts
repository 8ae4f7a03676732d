import { describe, expect, it } from 'vitest';
import { readHooks } from './script-hooks.ts';

describe('readHooks', () => {
  it('finds setup and teardown among the exports', () => {
    const setup = (): void => {};
    const teardown = (): void => {};
    expect(readHooks({ setup, teardown })).toMatchObject({ setup, teardown });
    expect(readHooks({}).setup).toBeUndefined();
  });

  it.each(['setup', 'teardown', 'onRunStart', 'onRunStop'])('refuses a %s that is not a function', (name) => {
    expect(() => readHooks({ [name]: { users: 5 } })).toThrow(
      `the script's export ${name} is not a function`,
    );
  });
});
