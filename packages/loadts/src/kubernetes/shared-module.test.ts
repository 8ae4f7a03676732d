import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleScript } from '../script/bundle-script.ts';
import { createTempFolder } from '../script/temp-folder.case.ts';
import { sharedModule } from './shared-module.ts';

describe('sharedModule', () => {
  it('names the files of the script in its source map, and no folder of this machine', async () => {
    const folder = await createTempFolder({
      'shared.ts': 'export const answer: number = 42;',
      'tests/load.ts': "import { answer } from '../shared.ts';\nexport const options = { users: answer };",
    });
    const bundle = await bundleScript(join(folder, 'tests/load.ts'));
    const text = sharedModule(bundle);
    const map = Buffer.from(text.split('base64,').at(-1) ?? '', 'base64').toString();
    expect(JSON.parse(map)).toMatchObject({ sources: ['shared.ts', 'load.ts'] });
    expect(map).not.toContain(folder);
    expect(text.split('//# source')[0]).toBe(bundle.code.split('//# source')[0]);
  });

  it('leaves a module without a source map as it is', () => {
    expect(sharedModule({ code: 'export const a = 1;\n', path: '/x/load.ts' })).toBe('export const a = 1;\n');
  });
});
