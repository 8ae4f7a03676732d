import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import {
  EVENT_VIEW,
  HISTORY_VIEW,
  LOG_VIEW,
  LOGS_VIEW,
  NO_REQUEST,
  RATE_REQUEST,
  type RateRequest,
  type RestSchema,
  SECOND_VIEW,
  START_REQUEST,
  STATE_VIEW,
  STOP_REQUEST,
  type StartRequest,
  type StopRequest,
  USERS_REQUEST,
  type UsersRequest,
} from '@loadts/protocol';
import { type EventStream, formatEvent, readLastSecond } from './event-stream.ts';
import type { Route } from './route.ts';
import type { WebBackend } from './web-backend.ts';

/** What a page is told, by the name of the event. */
const EVENT_SCHEMAS = { state: STATE_VIEW, second: SECOND_VIEW, event: EVENT_VIEW, log: LOG_VIEW };
const JSON_TYPE = 'application/json';

/** Watching a run and steering it. */
export function createRunRoutes(backend: WebBackend, events: EventStream): Route[] {
  return [...createViews(backend, events), ...createActions(backend)];
}

function createViews(backend: WebBackend, events: EventStream): Route[] {
  return [
    {
      method: 'get',
      path: '/api/v1/state',
      summary: 'What can be started, what runs, and the earlier runs',
      answer: { type: JSON_TYPE, schema: STATE_VIEW },
      handle: (context) => context.json(backend.state),
    },
    {
      method: 'get',
      path: '/api/v1/events',
      summary: 'Server-sent events: state, second, event and log. Last-Event-ID goes on where it was cut off',
      answer: { type: 'text/event-stream', events: EVENT_SCHEMAS },
      handle: (context) => {
        const after = readLastSecond(context.req.header('last-event-id'), backend.state.run?.id);
        const second = backend.secondAfter(after);
        const first = [
          formatEvent('state', backend.state),
          ...(second ? [formatEvent('second', second)] : []),
        ];
        events.add(context.env.outgoing, first);
        return RESPONSE_ALREADY_SENT;
      },
    },
    {
      method: 'get',
      path: '/api/v1/run/history',
      summary: 'The points of the charts so far, with events and stages',
      answer: { type: JSON_TYPE, schema: HISTORY_VIEW },
      handle: (context) => context.json(backend.history),
    },
    {
      method: 'get',
      path: '/api/v1/log',
      summary: 'The newest log lines',
      answer: { type: JSON_TYPE, schema: LOGS_VIEW },
      handle: (context) => context.json(backend.log),
    },
  ];
}

function createActions(backend: WebBackend): Route[] {
  const action = <Body>(
    name: string,
    summary: string,
    body: RestSchema<Body>,
    act: (body: Body) => void,
  ): Route => ({
    method: 'post',
    path: `/api/v1/run/${name}`,
    summary,
    body,
    answer: { type: JSON_TYPE, schema: STATE_VIEW },
    handle: (context, value) => {
      act(value as Body);
      return context.json(backend.state);
    },
  });
  return [
    action('start', 'Start a run', START_REQUEST, (body: StartRequest) => backend.start(body)),
    action('stop', 'Stop the run: in order, or by force', STOP_REQUEST, ({ force = false }: StopRequest) =>
      backend.stop(force),
    ),
    action('pause', 'Begin no further iteration', NO_REQUEST, () => backend.control.pause()),
    action('resume', 'Go on after a pause', NO_REQUEST, () => backend.control.resume()),
    action('users', 'Change users or spawn rate of a closed run', USERS_REQUEST, (body: UsersRequest) =>
      backend.control.changeUsers(body),
    ),
    action('rate', 'Change the rate or the most users of an open run', RATE_REQUEST, (body: RateRequest) =>
      backend.control.changeRate(body),
    ),
    action('reset', 'Forget the totals so far', NO_REQUEST, () => backend.control.resetStatistics()),
  ];
}
