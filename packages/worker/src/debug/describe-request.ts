import type { RequestEvent } from '@loadts/core';
import { Exchange } from '../http/exchange.ts';

/** More of a body tells a reader nothing. */
const MAX_SHOWN = 2_000;
/** Whose values are nobody's business, not even in a log. */
const SECRET = /^(authorization|proxy-authorization|cookie|set-cookie)$/i;

/** A request and its response as people read them: for writing scripts, not for load. */
export function describeRequest(event: RequestEvent): string {
  const { method, name, url, outcome, reason, durationMs, userClass, ordinal, response } = event;
  const exchange = response instanceof Exchange ? response : undefined;
  const counted = name === url || url === undefined ? '' : ` (counted as ${name})`;
  const ending = reason === undefined ? outcome : `${outcome}: ${reason}`;
  return [
    `${userClass} ${ordinal}: ${method} ${url ?? name}${counted}`,
    ...(exchange ? describeSent(exchange) : []),
    ...(exchange ? describeReceived(exchange) : []),
    `= ${ending} in ${durationMs.toFixed(1)} ms`,
  ].join('\n');
}

function describeSent({ plan }: Exchange): string[] {
  if (!plan) return [];
  const { headers, body } = plan.options;
  const list = headers as readonly string[];
  const lines = list.flatMap((name, i) =>
    i % 2 === 0 ? [`> ${describeHeader(name, list[i + 1] as string)}`] : [],
  );
  return [...lines, ...describeBody('>', body)];
}

function describeReceived(exchange: Exchange): string[] {
  const { status, statusText, headers, history } = exchange;
  const hops = history.map((hop) => `< ${hop.status} ${hop.url}, followed`);
  if (status === 0) return hops;
  const lines = [...headers].map(([name, value]) => `< ${describeHeader(name, value)}`);
  return [...hops, `< ${status} ${statusText}`.trimEnd(), ...lines, ...describeBody('<', readText(exchange))];
}

function describeHeader(name: string, value: string): string {
  return `${name}: ${SECRET.test(name) ? '(hidden)' : value}`;
}

function readText(exchange: Exchange): string {
  if (exchange.sink) return '(streamed)';
  try {
    return exchange.text();
  } catch (error) {
    return `(${String(error)})`;
  }
}

function describeBody(mark: string, body: unknown): string[] {
  const text = showBody(body);
  if (text === '') return [];
  const rest = text.length > MAX_SHOWN ? `... (${text.length} characters)` : '';
  return `${text.slice(0, MAX_SHOWN)}${rest}`.split('\n').map((line) => `${mark} ${line}`);
}

function showBody(body: unknown): string {
  if (body === null || body === undefined) return '';
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : '(streamed)';
}
