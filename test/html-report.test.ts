import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { ReportData } from '@loadts/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { readSummary, runLoadts, writeScript } from './support/loadts.ts';

const SCRIPT = `
import { constant, HttpUser, task } from 'loadts';

export class Visitor extends HttpUser {
  waitTime = constant(0.05);
  @task async home() { await this.client.get('/'); }
  @task async missing() { await this.client.get('/nowhere'); }
}
`;

let api: ReturnType<typeof createSampleApi>;
let url: string;
let script: Awaited<ReturnType<typeof writeScript>>;

beforeEach(async () => {
  api = createSampleApi();
  url = await api.listen();
  script = await writeScript(SCRIPT);
});

afterEach(async () => {
  await api.close();
  await script.remove();
});

describe('the HTML report of a run', () => {
  it('agrees with the summary and the server', async () => {
    const path = join(script.folder, 'out/run.html');
    const args = ['run', script.path, '--headless', '-H', url, '-u', '4', '-r', 'all', '-t', '2s'];
    const { stdout } = await runLoadts([...args, '--processes', '2', '--html', path]);
    expect(stdout).toContain(`Files: ${path}`);
    const html = await readFile(path, 'utf8');
    const { total, entries, series, workers } = readData(html);
    const printed = readSummary(stdout);
    expect({ requests: total.requests, failures: total.failures }).toEqual(printed['Aggregated']);
    expect(total.requests).toBe(api.counts().total);
    for (const { method, name, requests, failures } of entries) {
      expect(printed[`${method} ${name}`]).toEqual({ requests, failures });
    }
    expect(series.requests.reduce((sum, count) => sum + count, 0)).toBe(total.requests);
    expect(workers).toHaveLength(2);
    expect(html).toContain(`<td>Aggregated</td><td>${total.requests}</td>`);
  });
});

describe('the page of the HTML report', () => {
  it('lets in nothing but its own script and style', async () => {
    const path = join(script.folder, 'run.html');
    await runLoadts(['run', script.path, '--headless', '-H', url, '-i', '1', '--html', path]);
    const html = await readFile(path, 'utf8');
    const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; img-src data:;/,
    );
    expect(policy).not.toContain('unsafe');
    expect(html.replace(/<script>.*<\/script>/s, '')).not.toMatch(/\b(src|href)\s*=\s*["']?(https?:)?\/\//);
    expect(html).not.toMatch(/\{\{\w+\}\}/);
  });
});

function readData(html: string): ReportData {
  const [, packed = ''] = /<script type="text\/plain" id="run">([^<]+)<\/script>/.exec(html) ?? [];
  return JSON.parse(inflateSync(Buffer.from(packed, 'base64')).toString()) as ReportData;
}
