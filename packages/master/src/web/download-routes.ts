import { readFileSync } from 'node:fs';
import { compareResults } from '@loadts/core';
import { writeResult } from '@loadts/protocol';
import { createHtmlReport } from '../report/html/create-html-report.ts';
import type { Route, WebContext } from './route.ts';
import { CSV_KINDS, createRunCsv } from './run-csv.ts';
import type { RunDownload, WebBackend } from './web-backend.ts';
import { WebError } from './web-error.ts';

export interface DownloadOptions {
  readonly backend: WebBackend;
  /** The built page that HTML reports are made from. */
  readonly reportTemplate: URL;
}

type FindRun = (id: string) => RunDownload;

/** What is made of a run, also while it goes on. */
export function createDownloadRoutes({ backend, reportTemplate }: DownloadOptions): Route[] {
  const findRun: FindRun = (id) => {
    const run = backend.findRun(id);
    if (run) return run;
    const hint = 'GET /api/v1/state lists the runs';
    throw new WebError('NOT_FOUND', `there is no run ${JSON.stringify(id)}`, hint);
  };
  const find = (context: WebContext): RunDownload => findRun(context.req.param('id') ?? '');
  return [...createReports(find, reportTemplate), ...createFiles(find), createComparison(findRun)];
}

function createReports(find: (context: WebContext) => RunDownload, reportTemplate: URL): Route[] {
  return [
    {
      method: 'get',
      path: '/api/v1/runs/:id/result',
      summary: 'The whole result, as --json writes it',
      answer: { type: 'application/json' },
      handle: (context) => {
        const run = find(context);
        return download(writeResult(run.result()), 'application/json', `loadts_${run.id}.json`);
      },
    },
    {
      method: 'get',
      path: '/api/v1/runs/:id/report',
      summary: 'The report for people, as --html writes it',
      answer: { type: 'text/html; charset=utf-8' },
      handle: (context) => {
        const run = find(context);
        const page = createHtmlReport(run.result(), readTemplate(reportTemplate));
        return download(page, 'text/html; charset=utf-8', `loadts_${run.id}.html`);
      },
    },
  ];
}

function createFiles(find: (context: WebContext) => RunDownload): Route[] {
  return [
    {
      method: 'get',
      path: '/api/v1/runs/:id/csv/:kind',
      summary: `One of the files that --csv writes: ${CSV_KINDS.join(', ')}`,
      answer: { type: 'text/csv; charset=utf-8' },
      handle: (context) => {
        const run = find(context);
        const kind = context.req.param('kind') ?? '';
        return download(createRunCsv(run, kind), 'text/csv; charset=utf-8', `loadts_${run.id}_${kind}.csv`);
      },
    },
    {
      method: 'get',
      path: '/api/v1/runs/:id/run-file',
      summary: 'The run file, for loadts report',
      answer: { type: 'application/octet-stream' },
      handle: (context) => {
        const { id, runFile } = find(context);
        if (runFile !== undefined) {
          return download(new Uint8Array(readFileSync(runFile)), 'application/octet-stream', id);
        }
        const hint = 'start loadts without --no-run-file';
        throw new WebError('NOT_FOUND', 'this run has no run file', hint);
      },
    },
  ];
}

function createComparison(findRun: FindRun): Route {
  return {
    method: 'get',
    path: '/api/v1/compare',
    summary: 'Run b beside the earlier run a',
    query: ['a', 'b'],
    answer: { type: 'application/json' },
    handle: (context) => {
      const [a, b] = [context.req.query('a') ?? '', context.req.query('b') ?? ''].map(findRun);
      return context.json(compareResults((b as RunDownload).result(), [(a as RunDownload).result()]));
    },
  };
}

function readTemplate(template: URL): string {
  try {
    return readFileSync(template, 'utf8');
  } catch {
    throw new WebError('NOT_FOUND', 'the page of reports is not built', 'build it with npx -y pnpm@10 build');
  }
}

/** The names are made of run ids and words of ours: no quotes in them. */
function download(content: string | Uint8Array<ArrayBuffer>, type: string, name: string): Response {
  return new Response(content, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  });
}
