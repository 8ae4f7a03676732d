import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './parse-command-line.ts';
import { resolveWorkerConfig } from './resolve-worker-config.ts';

function resolve(argv: string, env: Record<string, string> = {}, content?: unknown) {
  const commandLine = parseCommandLine(['worker', ...argv.split(' ').filter(Boolean)], '1.0.0');
  if (commandLine.name === 'print') throw new Error(commandLine.text);
  const configFile =
    content === undefined ? undefined : { name: 'loadts.config.json', content, problems: [] };
  return resolveWorkerConfig({ commandLine, env, configFile, countCores: () => 6 });
}

describe('resolveWorkerConfig', () => {
  it('has a default for everything', () => {
    expect(resolve('')).toEqual({
      config: {
        processes: 1,
        masterHost: '127.0.0.1',
        masterPort: 5_557,
        token: undefined,
        tokenFile: undefined,
        tlsCa: undefined,
        logLevel: 'info',
        logFile: undefined,
        logFormat: undefined,
      },
      warnings: [],
    });
  });

  it('takes the command line before the environment, and that before the file', () => {
    const env = { LOADTS_MASTER_HOST: 'b', LOADTS_TOKEN: 'secret', LOADTS_MASTER_PORT: '2' };
    const file = { masterHost: 'c', masterPort: 3, tlsCa: 'ca.pem' };
    expect(resolve('--master-host a --processes auto', env, file).config).toMatchObject({
      masterHost: 'a',
      masterPort: 2,
      token: 'secret',
      tlsCa: 'ca.pem',
      processes: 6,
    });
  });

  it('leaves options of a run in a file or the environment that both share', () => {
    expect(resolve('', { LOADTS_USERS: '5', LOADTS_BANANA: '1' }, { users: 5 }).warnings).toEqual([
      expect.stringContaining('LOADTS_BANANA is not an option'),
    ]);
  });

  it('reports all problems at once', () => {
    expect(() => resolve('load.ts --master-port 0 --users 3')).toThrow(
      /^3 problems .*unknown option --users.*unexpected argument "load\.ts".*--master-port: "0" is too small/s,
    );
  });
});
