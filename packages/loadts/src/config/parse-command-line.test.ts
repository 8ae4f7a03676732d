import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../exit-codes.ts';
import { envName, longFlag } from './option.ts';
import { RUN_OPTIONS } from './options.ts';
import { type CommandLine, type ParsedCommand, parseCommandLine } from './parse-command-line.ts';

const parse = (...argv: string[]): ParsedCommand => parseCommandLine(argv, '1.2.3');

function parseRun(...argv: string[]): CommandLine {
  const parsed = parse('run', ...argv);
  if (parsed.name === 'print') throw new Error(`printed ${parsed.text}`);
  return parsed;
}

function print(...argv: string[]): string {
  const parsed = parse(...argv);
  return parsed.name === 'print' ? parsed.text : '';
}

describe('parseCommandLine', () => {
  it('takes load.ts for the script unless told otherwise', () => {
    expect(parse('run')).toEqual({ name: 'run', argument: 'load.ts', values: {}, problems: [] });
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['shop.ts -u 5', 'shop.ts', { users: '5' }],
    ['-u 5 shop.ts', 'shop.ts', { users: '5' }],
    ['-u5 --spawn-rate=all', 'load.ts', { users: '5', spawnRate: 'all' }],
    ['-u -3', 'load.ts', { users: '-3' }],
    ['-u-3', 'load.ts', { users: '-3' }],
    ['-t -5s --users=-3', 'load.ts', { runTime: '-5s', users: '-3' }],
    ['-u 1 -u 2', 'load.ts', { users: '2' }],
    ['--headless shop.ts', 'shop.ts', { headless: 'true' }],
    ['--headless false shop.ts', 'shop.ts', { headless: 'false' }],
    ['--headless=maybe', 'load.ts', { headless: 'maybe' }],
    ['--no-progress --insecure', 'load.ts', { noProgress: 'true', insecure: 'true' }],
    ['--no-progress=false', 'load.ts', { noProgress: 'false' }],
    ['shop.ts --class A B --class C -u 1', 'shop.ts', { class: ['A', 'B', 'C'], users: '1' }],
    ['-l --show-task-ratio', 'load.ts', { list: true, showTaskRatio: true }],
    ['-lu5', 'load.ts', { list: true, users: '5' }],
    ['-- -odd.ts', '-odd.ts', {}],
    ['-u 5 http://localhost:8000/a?b=1', 'http://localhost:8000/a?b=1', { users: '5' }],
  ])('reads run %s', (line, argument, values) => {
    expect(parseRun(...line.split(' '))).toEqual({ name: 'run', argument, values, problems: [] });
  });

  it.each([
    ['--user 5', 'unknown option --user', 'did you mean --users?'],
    ['--user -3', 'unknown option --user', 'did you mean --users?'],
    ['--user=5', 'unknown option --user', 'did you mean --users?'],
    ['-users 5', 'unknown option -users', 'did you mean --users?'],
    ['--headles', 'unknown option --headles', 'did you mean --headless?'],
    ['--banana', 'unknown option --banana', 'see loadts run --help for all options'],
    ['-x', 'unknown option -x', 'see loadts run --help for all options'],
    ['-u', '--users has no value', 'write --users <n>'],
    ['-u --headless', '--users has no value', 'write --users <n>'],
    ['--class', '--class has no value', 'write --class <names...>'],
    ['-lu', "option '-u, --users <n>' argument missing", 'see loadts run --help'],
    ['-lx', "unknown option '-x'", 'see loadts run --help'],
    ['--list=true', '--list=true has a value, but it takes none', 'leave it out'],
    ['load.ts more.ts', 'unexpected argument "more.ts" after the script load.ts', 'write one script only'],
  ])('says what is wrong with run %s', (line, text, hint) => {
    expect(parseRun(...line.split(' ')).problems).toEqual([{ text, hint }]);
  });

  it('gives each command its own argument, options and hints', () => {
    expect(parse('init')).toEqual({ name: 'init', argument: '.', values: {}, problems: [] });
    expect(parse('init', 'tests', 'more', '--users', '5')).toEqual({
      name: 'init',
      argument: 'tests',
      values: {},
      problems: [
        { text: 'unknown option --users', hint: 'see loadts init --help for all options' },
        { text: 'unexpected argument "more" after the folder tests', hint: 'write one folder only' },
      ],
    });
  });

  it('takes several run files for a report, or the folder of all runs', () => {
    const report = { name: 'report', problems: [] };
    expect(parse('report')).toEqual({ ...report, argument: '.loadts/runs', further: [], values: {} });
    expect(parse('report', 'a', '--merge', 'b', 'c')).toEqual({
      ...report,
      argument: 'a',
      further: ['b', 'c'],
      values: { merge: 'true' },
    });
  });

  it('does not take a URL for the value of an option that it does not know', () => {
    expect(parseRun('--headles', 'http://a').argument).toBe('http://a');
  });

  it('does not take what commander refuses for the script', () => {
    expect(parseRun('-lx').argument).toBe('load.ts');
  });

  it('finds the script and the other options beside an unknown one', () => {
    for (const line of ['--user 5 shop.ts -u', '--headles shop.ts -u', 'shop.ts --user 5 -u']) {
      const { argument, problems } = parseRun(...line.split(' '));
      expect(argument).toBe('shop.ts');
      expect(problems).toHaveLength(2);
    }
  });

  it.each([
    ['rnu load.ts', '"rnu" is not a command', 'did you mean run?'],
    ['banana', '"banana" is not a command', 'see loadts --help for the commands'],
    ['help banana', '"banana" is not a command', 'see loadts --help for the commands'],
    ['shop.ts -u 5', '"shop.ts" is not a command', 'did you mean loadts run shop.ts?'],
    ['http://a -u 5', '"http://a" is not a command', 'did you mean loadts run http://a?'],
    ['--users 5 run', '"--users" is not a command', 'the command comes first: loadts run load.ts --users 10'],
  ])('refuses %s', (line, message, hint) => {
    expect(() => parse(...line.split(' '))).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message, hint }),
    );
  });
});

describe('the help', () => {
  it('shows the commands for no arguments, -h, --help and help', () => {
    expect(print()).toMatch(/^Usage: loadts \[options\] \[command\]\n[^]*\n {2}run \[options\] \[script\] /);
    for (const word of ['-h', '--help', 'help']) expect(print(word)).toBe(print());
  });

  it('shows the version', () => {
    for (const argv of [['-V'], ['--version'], ['run', '-V']]) expect(print(...argv)).toBe('1.2.3\n');
  });

  it('shows every option of run, in groups, with examples and all exit codes', () => {
    const help = print('run', '--help');
    for (const option of Object.values(RUN_OPTIONS)) expect(help).toContain(`${longFlag(option)} `);
    for (const { code, meaning } of Object.values(EXIT_CODES))
      expect(help).toContain(`${code}  ${meaning}\n`);
    expect(help.match(/^\S.*:$/gm)).toEqual([
      'Arguments:',
      'Load:',
      'Target:',
      'Workers:',
      'Result:',
      'Web UI:',
      'Output:',
      'Other:',
      'Exit codes:',
      'Examples:',
    ]);
    expect(help).toContain(envName(RUN_OPTIONS.spawnRate));
  });

  it('of init tells what happens to files that are there, and leaves out what concerns a run', () => {
    const help = print('init', '--help');
    expect(help).toMatch(/^Usage: loadts init \[options\] \[folder\]\n/);
    expect(help).toContain('left as they are');
    expect(help).toContain('loadts init load-tests');
    expect(help).not.toMatch(/Exit codes|LOADTS_/);
  });

  it('shows defaults', () => {
    const help = print('run', '-h').replaceAll(/\s+/g, ' ');
    expect(help).toContain('users to run at once (default: 1)');
    expect(help).toContain('(default: until stopped)');
    expect(help).toContain('when the run stops (default: 10s)');
    expect(help).not.toContain('(default: false)');
  });

  it('fits 80 columns', () => {
    const lines = `${print()}\n${print('run', '-h')}\n${print('init', '-h')}`.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('comes before any complaint', () => {
    expect(print('run', '-u', '-h', '--banana')).toBe(print('help', 'run'));
  });

  it('has examples without a problem', () => {
    const examples = print('run', '-h').split('Examples:\n')[1]?.trim().split('\n') ?? [];
    const lines = [...examples, 'loadts run load.ts -H http://localhost:8000 -u 10 -t 30s'];
    for (const line of lines) {
      const argv = line
        .trim()
        .split(' ')
        .slice(line.includes('=') ? 3 : 2);
      expect(parseRun(...argv).problems).toEqual([]);
    }
  });
});
