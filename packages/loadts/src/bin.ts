#!/usr/bin/env node
// Entry point of the `loadts` command.
import { main } from './main.ts';

const { stdin, stdout, stderr, env } = process;
process.exitCode = await main(process.argv.slice(2), { stdin, stdout, stderr, env });
// The result stands. A signal that comes now, as engines send one when another container has ended, cannot change it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
// What a script left behind, a timer of its `setup` for one, must not keep the command alive.
stdout.write('', () => stderr.write('', () => process.exit()));
