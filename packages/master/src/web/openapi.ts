import { describeSchema, PACKAGE_VERSION, REST_ERROR } from '@loadts/protocol';
import type { Route } from './route.ts';

type Described = Readonly<Record<string, unknown>>;

/** The OpenAPI 3.1 document of these routes: made of what they check with, so that it cannot be out of date. */
export function describeApi(routes: readonly Route[]): Described {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: describeRoute(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'loadts', version: PACKAGE_VERSION, description: 'Start, watch and steer load tests.' },
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: describeSchema(REST_ERROR) },
    },
    security: [{}, { token: [] }],
  };
}

function describeRoute({ summary, path, query = [], body, answer, isOpen }: Route): Described {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true }));
  const inQuery = query.map((name) => ({ name, in: 'query', required: true }));
  const { type, schema, events = {} } = answer;
  const described = Object.entries(events).map(([name, event]) => [name, describeSchema(event)]);
  return {
    summary,
    ...(isOpen && { security: [] }),
    parameters: [...inPath, ...inQuery].map((parameter) => ({ ...parameter, schema: { type: 'string' } })),
    ...(body && { requestBody: { required: true, content: describeContent('application/json', body) } }),
    responses: {
      200: {
        description: summary,
        content: describeContent(type, schema),
        ...(answer.events && { 'x-events': Object.fromEntries(described) }),
      },
      default: {
        description: 'Why it was refused',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

function describeContent(type: string, schema: Route['body']): Described {
  return { [type.split(';')[0] ?? type]: schema ? { schema: describeSchema(schema) } : {} };
}
