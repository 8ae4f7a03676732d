import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const read = (path: string): Promise<string> => readFile(new URL(`../${path}`, import.meta.url), 'utf8');

describe('the documentation', () => {
  it('explains every error code', async () => {
    const codes = [...(await read('packages/core/src/errors.ts')).matchAll(/^ +\| '([A-Z_]+)'/gm)];
    const documented = [...(await read('docs/reference/errors.md')).matchAll(/^\| `([A-Z_]+)`/gm)];
    expect(codes.length).toBeGreaterThan(10);
    expect(documented.map(([, code]) => code).sort()).toEqual(codes.map(([, code]) => code).sort());
  });

  it('names in the README exactly the test command that continuous integration runs', async () => {
    const ci = await read('.ci/run');
    const commands = [...(await read('README.md')).matchAll(/^npx -y pnpm@.*$/gm)].map(
      ([command]) => command,
    );
    expect(commands).toHaveLength(2);
    expect(ci.split('\n')).toContain(commands[1]);
  });
});
