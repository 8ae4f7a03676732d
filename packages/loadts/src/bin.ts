#!/usr/bin/env node
// Entry point of the `loadts` command.
import { main } from './main.ts';

const { stdin, stdout, stderr, env } = process;
process.exitCode = await main(process.argv.slice(2), { stdin, stdout, stderr, env });
// What a script left behind, a timer of its `setup` for one, must not keep the command alive.
stdout.write('', () => stderr.write('', () => process.exit()));
