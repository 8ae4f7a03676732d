import { LoadtsError } from '../errors.ts';
import { pointAt } from '../text/point-at.ts';
import { isUserCount, type Stage, secondsOf } from './stages.ts';

interface Problem {
  readonly message: string;
  readonly offset: number;
}

/**
 * Reads `30s:100,5m:500,30s:0`: durations, and the users at the end of each.
 * @throws LoadtsError `CONFIG_INVALID` with all that is wrong and a caret under each place.
 */
export function parseStages(text: string): Stage[] {
  const problems: Problem[] = [];
  let offset = 0;
  const parsed = text.split(',').map((part) => {
    const start = offset + (part.length - part.trimStart().length);
    offset += part.length + 1;
    return parsePart(part.trim(), start, problems);
  });
  if (problems.length === 0) return parsed;
  const messages = problems.map(({ message }) => message);
  const places = pointAt(
    text,
    problems.map((problem) => problem.offset),
  );
  throw new LoadtsError('CONFIG_INVALID', `${messages.join('; ')}\n${places}`, {
    hint: 'write DURATION:USERS for each stage, as in 30s:100,5m:500,30s:0',
  });
}

function parsePart(part: string, offset: number, problems: Problem[]): Stage {
  const colon = part.indexOf(':');
  const duration = part.slice(0, Math.max(0, colon));
  const users = part.slice(colon + 1);
  if (colon === -1) {
    problems.push({ message: part === '' ? 'a stage is empty' : `"${part}" has no colon`, offset });
    return { duration, users: 0 };
  }
  const seconds = secondsOf(duration.trim());
  if (seconds === undefined) problems.push({ message: `"${duration}" is not a duration`, offset });
  else if (seconds === 0) problems.push({ message: 'a stage of 0 seconds changes nothing', offset });
  if (!/^\s*\d+\s*$/.test(users) || !isUserCount(Number(users))) {
    problems.push({ message: `"${users}" is not a number of users`, offset: offset + colon + 1 });
  }
  return { duration: duration.trim(), users: Number(users) };
}
