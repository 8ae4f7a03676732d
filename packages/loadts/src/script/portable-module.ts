import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What esbuild made of a script: an ES module and the source map beside it. */
export interface BuiltModule {
  readonly code: string;
  /** JSON whose sources are relative to `folder`. */
  readonly sourceMap: string;
  readonly folder: string;
}

interface SourceMap {
  readonly sources: readonly string[];
  readonly mappings: string;
}

// CommonJS packages in the bundle need `require` for the modules of Node.
const REQUIRE =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);';

/** The module as text that runs anywhere and whose stack traces name the user's own files. */
export function portableModule({ code, sourceMap, folder }: BuiltModule): string {
  const map = JSON.parse(sourceMap) as SourceMap;
  const needsRequire = /^var __require = /m.test(code);
  const absolute = {
    ...map,
    sources: map.sources.map((source) => pathToFileURL(resolve(folder, source)).href),
    mappings: needsRequire ? `;${map.mappings}` : map.mappings,
  };
  const base64 = Buffer.from(JSON.stringify(absolute)).toString('base64');
  const head = needsRequire ? `${REQUIRE}\n` : '';
  return `${head}${code}//# sourceMappingURL=data:application/json;base64,${base64}\n`;
}
