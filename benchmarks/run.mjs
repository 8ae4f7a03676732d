// Runs every benchmark, one after the other, so that none disturbs another. About five minutes.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BENCHMARKS = [
  'request-cost.mjs',
  'idle-users.mjs',
  'interval-cost.mjs',
  'merge-cost.mjs',
  'ui-cost.mjs',
  'page-frames.mjs',
  'master-scale.mjs',
  'accuracy.mjs',
];
const LIMIT_MS = 240_000;

const failed = BENCHMARKS.filter((file) => {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { status } = spawnSync(process.execPath, [path], { stdio: 'inherit', timeout: LIMIT_MS });
  console.log();
  return status !== 0;
});
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
