import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ScriptBundle } from '../script/bundle-script.ts';

const MARK = '//# sourceMappingURL=data:application/json;base64,';

interface SourceMap {
  readonly sources: readonly string[];
}

/** The module without the folders of this machine: its source map names files as seen from the script. */
export function sharedModule({ code, path }: Pick<ScriptBundle, 'code' | 'path'>): string {
  const start = code.lastIndexOf(MARK);
  if (start === -1) return code;
  const map = JSON.parse(Buffer.from(code.slice(start + MARK.length), 'base64').toString()) as SourceMap;
  const sources = map.sources.map((source) =>
    relative(dirname(path), fileURLToPath(source)).replaceAll(/(^|\/)(\.\.\/)+/g, ''),
  );
  const base64 = Buffer.from(JSON.stringify({ ...map, sources })).toString('base64');
  return `${code.slice(0, start)}${MARK}${base64}\n`;
}
