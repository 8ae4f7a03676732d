import * as z from 'zod';

/** What a body of the REST API has to be. */
export type RestSchema<Value> = z.ZodType<Value>;

/** A schema in the words of JSON Schema, for the description of the API. */
export function describeSchema(schema: RestSchema<unknown>): Record<string, unknown> {
  const { $schema: _, ...description } = z.toJSONSchema(schema);
  return description;
}

/** The checked value, or one sentence for each thing that is wrong with it. */
export function readRest<Value>(
  schema: RestSchema<Value>,
  body: unknown,
): { readonly value: Value } | { readonly problems: readonly string[] } {
  const result = schema.safeParse(body);
  if (result.success) return { value: result.data };
  const problems = result.error.issues.map(({ path, message }) => {
    const place = path.map(String).join('.');
    return place === '' ? message : `${place}: ${message}`;
  });
  return { problems };
}
