import * as z from 'zod';

/**
 * An array of at most `max` elements, read up to the first bad one. `z.array` goes on and describes each: a short
 * message full of rubbish would keep the event loop busy for long.
 */
export function boundedList<Element>(element: z.ZodType<Element>, max: number): z.ZodType<Element[]> {
  return z
    .array(z.unknown())
    .max(max)
    .transform((values, context) => {
      const elements: Element[] = [];
      for (const value of values) {
        const result = element.safeParse(value);
        if (!result.success) {
          const { path = [], message = '' } = result.error.issues[0] ?? {};
          context.addIssue({ code: 'custom', path: [elements.length, ...path], message });
          return z.NEVER;
        }
        elements.push(result.data);
      }
      return elements;
    });
}
