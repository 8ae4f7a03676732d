import type { HttpBindings } from '@hono/node-server';
import type { RestSchema } from '@loadts/protocol';
import type { Context } from 'hono';

export type WebContext = Context<{ Bindings: HttpBindings }>;

/** One path of the server: what it takes, what it answers and how. The API's description is made of these. */
export interface Route {
  readonly method: 'get' | 'post';
  /** In hono's notation: `/api/v1/runs/:id/result`. */
  readonly path: string;
  readonly summary: string;
  /** Whether it is open also where a token is set. */
  readonly isOpen?: true;
  /** Of the JSON body. */
  readonly body?: RestSchema<unknown>;
  /** Names of what may stand in the query. */
  readonly query?: readonly string[];
  readonly answer: {
    readonly type: string;
    readonly schema?: RestSchema<unknown>;
    /** Of a stream: the data of each event by its name. */
    readonly events?: Readonly<Record<string, RestSchema<unknown>>>;
  };
  readonly handle: (context: WebContext, body: unknown) => Response | Promise<Response>;
}
