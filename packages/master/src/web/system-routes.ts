import type { LiveState } from '../report/live-view.ts';
import type { Route } from './route.ts';
import type { WebBackend } from './web-backend.ts';

export interface SystemOptions {
  readonly backend: WebBackend;
  /** Of all routes. */
  readonly description: () => Readonly<Record<string, unknown>>;
  /** The metrics of a run as Prometheus scrapes them. */
  readonly formatMetrics: (live: LiveState) => string;
}

const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** What watches the master, rather than a run. */
export function createSystemRoutes({ backend, description, formatMetrics }: SystemOptions): Route[] {
  return [
    {
      method: 'get',
      path: '/api/v1/openapi.json',
      summary: 'This description',
      answer: { type: 'application/json' },
      handle: (context) => context.json(description()),
    },
    {
      method: 'get',
      path: '/healthz',
      summary: 'Whether the master is alive',
      isOpen: true,
      answer: { type: 'text/plain; charset=utf-8' },
      handle: (context) => context.text('ok\n'),
    },
    {
      method: 'get',
      path: '/metrics',
      summary: 'The run that goes on, or the last one, for Prometheus; empty before the first',
      answer: { type: METRICS_TYPE },
      handle: (context) => {
        const { live } = backend;
        return context.body(live ? formatMetrics(live) : '', 200, { 'content-type': METRICS_TYPE });
      },
    },
  ];
}
