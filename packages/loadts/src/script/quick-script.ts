import { LoadtsError } from '@loadts/core';
import type { CommandLine } from '../config/parse-command-line.ts';
import { parseHost } from '../config/parse-host.ts';
import type { ScriptText } from './bundle-script.ts';

/**
 * The script behind `loadts run URL`: users that GET it, each again as soon as it is answered.
 * @throws LoadtsError `CONFIG_INVALID` for a URL that cannot be requested.
 */
export function quickScript(target: string): ScriptText {
  const { pathname, search } = readUrl(target);
  const request = `${JSON.stringify(pathname + search)}, { name: ${JSON.stringify(pathname)} }`;
  return {
    name: 'quick-script.ts',
    code: `import { HttpUser, task } from 'loadts';
export class Visitor extends HttpUser {
  @task async visit() { await this.client.get(${request}); }
}
`,
  };
}

/** What the URL says about the run, with the rank of the command line that it was typed on. */
export function quickCommandLine(commandLine: CommandLine): CommandLine {
  const { argument, values, problems } = commandLine;
  const host = URL.canParse(argument) ? new URL(argument).origin : undefined;
  const doubled = { text: '--host: the URL already says where to send requests', hint: 'leave it out' };
  return {
    ...commandLine,
    values: { ...values, host, headless: true },
    problems: values['host'] === undefined ? problems : [...problems, doubled],
  };
}

function readUrl(text: string): URL {
  const [base = text] = text.split(/[?#]/, 1);
  const parsed = parseHost(base);
  if ('wrong' in parsed) throw invalid(text, parsed.wrong, parsed.hint);
  const url = new URL(text);
  if (url.username === '' && url.password === '') return url;
  throw invalid(
    `${url.protocol}//...@${url.host}${url.pathname}`,
    'has a user name or a password',
    'write a script that sends them as a header',
  );
}

function invalid(text: string, wrong: string, hint: string): LoadtsError {
  return new LoadtsError('CONFIG_INVALID', `${JSON.stringify(text)} ${wrong}`, { hint });
}
