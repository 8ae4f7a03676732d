import type { OnResolveResult, Plugin } from 'esbuild';

/** Leaves imports of `loadts` as they are, in the one form that can be replaced where the bundle is loaded. */
export const externalApi: Plugin = {
  name: 'loadts-api',
  setup(build) {
    build.onResolve({ filter: /^(loadts|@loadts)(\/|$)/ }, ({ path, kind }) => {
      if (path !== 'loadts') return refuse(`${path} is not for scripts; import from "loadts"`);
      if (kind !== 'import-statement') {
        return refuse('loadts can only be imported at the top: import { HttpUser, task } from "loadts"');
      }
      return { path, external: true };
    });
  },
};

function refuse(text: string): OnResolveResult {
  return { errors: [{ text }] };
}
