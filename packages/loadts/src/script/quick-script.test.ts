import { afterAll, describe, expect, it } from 'vitest';
import type { CommandLine } from '../config/parse-command-line.ts';
import { bundleText, stopBundler } from './bundle-script.ts';
import { quickCommandLine, quickScript } from './quick-script.ts';

afterAll(stopBundler);

const TARGET = 'https://example.com/shop?page=1&q="a"';
const line = (argument: string, values: CommandLine['values'] = {}): CommandLine => ({
  name: 'run',
  argument,
  values,
  problems: [],
});

describe('quickScript', () => {
  it('makes users that get the URL, counted under its path', async () => {
    const { code } = quickScript(TARGET);
    expect(code).toContain('this.client.get("/shop?page=1&q=%22a%22", { name: "/shop" })');
    expect((await bundleText(quickScript(TARGET))).code).toContain('from "loadts"');
  });

  it('gets / where the URL has no path, and does not send a fragment', () => {
    expect(quickScript('http://localhost:8000#top').code).toContain('get("/", { name: "/" })');
  });

  it.each([
    ['http:/localhost:8000/a', 'did you mean http://localhost:8000/a?'],
    ['http://localhost:99999', /such as/],
    ['https://ada:secret@localhost/', /header/],
  ])('refuses %s and helps', (target, hint) => {
    expect(() => quickScript(target)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', hint: expect.stringMatching(hint) }),
    );
  });

  it('does not repeat a password', () => {
    expect(() => quickScript('https://ada:secret@localhost/')).toThrow(/^(?!.*secret).*localhost/);
  });
});

describe('quickCommandLine', () => {
  it('makes the run headless, against the host of the URL', () => {
    const { values, problems } = quickCommandLine(line(TARGET, { users: '5' }));
    expect(values).toEqual({ users: '5', host: 'https://example.com', headless: true });
    expect(problems).toEqual([]);
  });

  it('refuses a second host', () => {
    expect(quickCommandLine(line(TARGET, { host: 'http://b' })).problems).toEqual([
      { text: '--host: the URL already says where to send requests', hint: 'leave it out' },
    ]);
  });

  it('leaves it to the script to complain about a wrong URL', () => {
    expect(quickCommandLine(line('http:/'))).toMatchObject({ values: { headless: true }, problems: [] });
  });
});
