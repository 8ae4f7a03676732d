import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parseRegressions } from './parse-regression.ts';

it('the guide to comparisons has examples that can all be read', async () => {
  const page = await readFile(new URL('../../../../docs/guide/comparing-runs.md', import.meta.url), 'utf8');
  const blocks = page.split('```').filter((_, i) => i % 2 === 1);
  const examples =
    blocks
      .find((block) => block.startsWith('\np95'))
      ?.trim()
      .split('\n') ?? [];
  expect(examples).toHaveLength(6);
  expect(parseRegressions(examples)).toHaveLength(6);
});
