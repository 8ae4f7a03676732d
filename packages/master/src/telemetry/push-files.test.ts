import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpSink, type HttpSink } from './http-sink.case.ts';
import { pushFiles } from './push-files.ts';

async function createFiles(...names: readonly string[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'loadts-push-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const paths = names.map((name) => join(folder, name));
  for (const path of paths) await writeFile(path, `content of ${path}`);
  return paths;
}

async function push(
  paths: readonly string[],
  statuses: readonly number[],
  address: (url: string) => string = (url) => `${url}/reports/`,
): Promise<{ sink: HttpSink; problems: string[]; waits: number[] }> {
  const sink = await createHttpSink(statuses);
  onTestFinished(() => sink.close());
  const problems: string[] = [];
  const waits: number[] = [];
  const clock = {
    nowUs: () => 0,
    schedule: (delayMs: number, wake: () => void) => {
      waits.push(delayMs);
      wake();
      return () => {};
    },
  };
  await pushFiles(paths, { url: address(sink.url), clock, onProblem: (text) => problems.push(text) });
  return { sink, problems, waits };
}

describe('pushFiles', () => {
  it('PUTs each file under its own name', async () => {
    const paths = await createFiles('run.json', 'report of 5%.html');
    const { sink, problems } = await push(paths, []);
    expect(problems).toEqual([]);
    expect(sink.received).toMatchObject([
      { method: 'PUT', url: '/reports/run.json', type: 'application/json', body: `content of ${paths[0]}` },
      { url: '/reports/report%20of%205%25.html', type: 'text/html; charset=utf-8' },
    ]);
  });

  it('leaves a signature behind the name, and out of messages', async () => {
    const [path = ''] = await createFiles('a.xml');
    const { sink, problems } = await push([path], [403, 403, 403], (url) => `${url}/b?signature=secret`);
    expect(sink.received[0]?.url).toBe('/b/a.xml?signature=secret');
    expect(problems[0]).toMatch(
      /^--report-url: .*a\.xml could not be delivered to http.*\/b\/a\.xml: HTTP 403$/,
    );
  });

  it('tries three times, waiting longer each time, and then goes on with the next file', async () => {
    const paths = await createFiles('a.json', 'b.json');
    const { sink, problems, waits } = await push(paths, [500, 500, 500, 500]);
    expect(sink.received.map(({ url }) => url.at(9))).toEqual(['a', 'a', 'a', 'b', 'b']);
    expect(waits).toEqual([1_000, 3_000, 1_000]);
    expect(problems).toHaveLength(1);
  });
});
