import { describe, expect, it, onTestFinished } from 'vitest';
import { sampleEntry, sampleLive } from '../report/sample-report.case.ts';
import { createHttpSink, type HttpSink } from './http-sink.case.ts';
import { OtlpExporter } from './otlp-exporter.ts';

const NOW = Date.parse('2026-11-21T14:03:22.518Z');

async function createSink(statuses?: readonly number[]): Promise<HttpSink> {
  const sink = await createHttpSink(statuses);
  onTestFinished(() => sink.close());
  return sink;
}

function createExporter(url: string): { exporter: OtlpExporter; problems: string[] } {
  const problems: string[] = [];
  const onProblem = (problem: string): void => void problems.push(problem);
  const exporter = new OtlpExporter({ url, runId: 'r1', script: 'load.ts', now: () => NOW, onProblem });
  return { exporter, problems };
}

const at = (elapsedSeconds: number, requests = 10) =>
  sampleLive({ elapsedSeconds, entries: [sampleEntry({ requests })] });

interface Point {
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue: string } }[];
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
  readonly asDouble?: number;
  readonly count?: string;
}

interface SentMetric {
  readonly name: string;
  readonly gauge?: { readonly dataPoints: Point[] };
  readonly sum?: { readonly aggregationTemporality: number; readonly dataPoints: Point[] };
  readonly summary?: { readonly dataPoints: Point[] };
}

function metricsOf(body: string): SentMetric[] {
  return JSON.parse(body).resourceMetrics[0].scopeMetrics[0].metrics;
}

const requestsIn = (body: string): number | undefined =>
  metricsOf(body).find(({ name }) => name === 'loadts_requests_total')?.sum?.dataPoints[0]?.asDouble;

describe('the export of metrics', () => {
  it('sends them every ten seconds of the run, and at the end', async () => {
    const sink = await createSink();
    const { exporter, problems } = createExporter(sink.url);
    for (let second = 0; second <= 25; second++) exporter.update(at(second, second));
    await exporter.finish(at(25.5, 99));
    expect(sink.received.map(({ body }) => requestsIn(body))).toEqual([10, 20, 99]);
    expect(sink.received[0]).toMatchObject({ method: 'POST', url: '/v1/metrics', type: 'application/json' });
    expect(problems).toEqual([]);
  });

  it('follows the JSON encoding of OTLP', async () => {
    const sink = await createSink();
    const { exporter } = createExporter(sink.url);
    exporter.update(at(0));
    await exporter.finish(at(2));
    const body = sink.received[0]?.body ?? '';
    const { resource } = JSON.parse(body).resourceMetrics[0];
    expect(resource.attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'loadts' } });
    const sent = metricsOf(body);
    const requests = sent.find(({ name }) => name === 'loadts_requests_total')?.sum;
    expect(requests).toMatchObject({
      aggregationTemporality: 2,
      isMonotonic: true,
      dataPoints: [{ startTimeUnixNano: `${NOW}000000`, timeUnixNano: `${NOW}000000`, asDouble: 10 }],
    });
    expect(requests?.dataPoints[0]?.attributes).toContainEqual({
      key: 'name',
      value: { stringValue: '/hello' },
    });
    const times = sent.find(({ name }) => name === 'loadts_response_time_seconds')?.summary;
    expect(times?.dataPoints[0]).toMatchObject({ count: '10', quantileValues: expect.any(Array) });
  });

  it('keeps a path that was given, and sends user and password in a header', async () => {
    const sink = await createSink();
    const { exporter } = createExporter(`${sink.url.replace('//', '//ann:s%40x@')}/otlp?key=1`);
    await exporter.finish(at(1));
    expect(sink.received[0]).toMatchObject({
      url: '/otlp?key=1',
      authorization: `Basic ${Buffer.from('ann:s@x').toString('base64')}`,
    });
  });

  it('warns once of a collector that fails, tries again later, and keeps a few payloads only', async () => {
    const sink = await createSink([503]);
    const { exporter, problems } = createExporter(sink.url);
    for (let second = 10; second <= 100; second += 10) exporter.update(at(second, second));
    await exporter.finish(at(101, 101));
    expect(problems).toEqual([
      expect.stringMatching(/^--otlp http:.*\/v1\/metrics: HTTP 503; the run goes on/),
    ]);
    expect(sink.received.length).toBeLessThanOrEqual(8);
    expect(requestsIn(sink.received.at(-1)?.body ?? '')).toBe(101);
  });

  it('sends no payload again that was refused for good', async () => {
    const sink = await createSink([400]);
    const { exporter, problems } = createExporter(sink.url);
    await exporter.finish(at(1));
    expect(sink.received).toHaveLength(1);
    expect(problems).toHaveLength(1);
  });

  it('warns of a collector that is not there, and comes to its end', async () => {
    const sink = await createHttpSink();
    await sink.close();
    const { exporter, problems } = createExporter(sink.url);
    await exporter.finish(at(1));
    expect(problems).toEqual([expect.stringContaining('ECONNREFUSED')]);
  });
});
