import { readFileSync } from 'node:fs';

// The fields of /proc/PID/stat after the name, which may have blanks and brackets in it.
const GROUP = 2;
const TERMINAL_GROUP = 5;

/**
 * Whether this process may set its terminal up. One that a shell has put into the background would be stopped for
 * trying. Where nobody can tell (not on Linux), it may.
 */
export function isForeground(
  readStat: () => string = () => readFileSync('/proc/self/stat', 'utf8'),
): boolean {
  try {
    const fields = readStat().split(') ').at(-1)?.split(' ') ?? [];
    return fields[GROUP] === fields[TERMINAL_GROUP];
  } catch {
    return true;
  }
}
