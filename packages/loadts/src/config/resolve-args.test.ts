import { describe, expect, it } from 'vitest';
import { readArgDefinitions } from './read-arg-definitions.ts';
import { argVariable, resolveArgs, showArgs } from './resolve-args.ts';

const EXPORTED = {
  tenant: { type: 'string', default: 'a', choices: ['a', 'b', 'blue'], help: 'whose shop' },
  pageSize: { default: 10 },
  slow: { default: false },
  password: { secret: true, default: 'hunter2' },
};

function resolve(pairs: readonly string[], env: Record<string, string> = {}, exported: unknown = EXPORTED) {
  const { args, problems } = readArgDefinitions(exported);
  return { ...resolveArgs(args, pairs, env), definitions: args, definitionProblems: problems };
}

const texts = (problems: readonly { text: string; hint: string | undefined }[]): string[] =>
  problems.map(({ text, hint }) => `${text}; ${hint}`);

describe("a script's own arguments", () => {
  it('have their defaults, typed', () => {
    expect(resolve([])).toMatchObject({
      args: { tenant: 'a', pageSize: 10, slow: false, password: 'hunter2' },
      problems: [],
    });
    expect(readArgDefinitions(undefined)).toEqual({ args: [], problems: [] });
  });

  it('come from the command line, then from the environment', () => {
    const env = { LOADTS_ARG_TENANT: 'b', LOADTS_ARG_PAGE_SIZE: '20', LOADTS_ARG_SLOW: '' };
    const { args } = resolve(['tenant=blue', 'slow=1', 'password=a=b'], env);
    expect(args).toEqual({ tenant: 'blue', pageSize: 20, slow: true, password: 'a=b' });
    expect(argVariable('apiKey2')).toBe('LOADTS_ARG_API_KEY2');
  });

  it('are refused with all problems at once, and without a secret', () => {
    const pairs = ['tenant=blu', 'pageSize=many', 'slow=maybe', 'pasword=s3cret', 'tenant'];
    const problems = texts(resolve(pairs, { LOADTS_ARG_PAGE_SIZE: ' ' }).problems);
    expect(problems).toEqual([
      expect.stringContaining('--arg pasword: the script has no such argument; did you mean password?'),
      '--arg tenant has no value; write --arg tenant=value',
      expect.stringMatching(/^LOADTS_ARG_PAGE_SIZE: " " is not a number/),
      '--arg tenant: "blu" is not one of the choices; did you mean blue?',
      expect.stringMatching(/^--arg pageSize: "many" is not a number/),
      expect.stringMatching(/^--arg slow: "maybe" is not a boolean.*use true, false, 1 or 0/),
    ]);
    expect(problems.join()).not.toContain('s3cret');
  });

  it('need a value where there is no default, and mask one that is secret', () => {
    const exported = { pin: { type: 'number', secret: true, help: 'of the door' } };
    expect(texts(resolve([], {}, exported).missing)).toEqual([
      "the script's argument pin (of the door) has no value; add --arg pin=..., or set LOADTS_ARG_PIN",
    ]);
    expect(texts(resolve(['pin=s3cret'], {}, exported).problems)[0]).toMatch(
      /^--arg pin: \*\*\* is not a number/,
    );
  });

  it('are shown without secrets', () => {
    const { definitions, args } = resolve(['tenant=b']);
    expect(showArgs(definitions, args)).toBe('tenant=b, pageSize=10, slow=false, password=***');
  });

  it.each<[unknown, string]>([
    [5, '5 is not an object of arguments'],
    [{ 'a-b': {} }, 'a-b is not a name'],
    [{ a: 5 }, 'a is not an object'],
    [{ a: { typ: 'string' } }, 'a has an unknown field typ'],
    [{ a: { type: 'date' } }, 'a has no type'],
    [{ a: { type: 'number', default: '5' } }, 'a has a default that is no value of it'],
    [{ a: { choices: ['x'], default: 'y' } }, 'a has a default that is no value of it'],
    [{ a: { type: 'number', choices: ['x'] } }, 'a has choices that are not a list of its type'],
  ])('have to be declared properly: %j', (exported, problem) => {
    const { definitionProblems } = resolve([], {}, exported);
    expect(definitionProblems.map(({ text }) => text)).toEqual([`the script's args: ${problem}`]);
  });
});
