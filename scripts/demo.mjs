// Runs the main job against the sample API: 15 seconds of load by two worker processes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';

const api = createSampleApi();
const url = await api.listen();
const args = ['run', 'examples/weighted-tasks.ts', '--headless', '--host', url];
const load = ['--users', '50', '--spawn-rate', '10', '--run-time', '15s', '--processes', '2'];

console.log(`sample API on ${url}\n$ loadts ${[...args, ...load].join(' ')}\n`);
const command = spawn(process.execPath, ['packages/loadts/dist/bin.js', ...args, ...load], {
  stdio: 'inherit',
});
// Ctrl-C reaches the command as well, which ends with its report.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => command.kill('SIGTERM'));
const [exitCode] = await once(command, 'close');
await api.close();
process.exitCode = exitCode ?? 1;
