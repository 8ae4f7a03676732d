import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROTOCOL_VERSION } from './index.ts';
import { masterMessages, workerMessages } from './messages.case.ts';

const page = readFileSync(new URL('../../../docs/reference/protocol.md', import.meta.url), 'utf8');

/** The fields that the page's tables give each message. */
const documented = new Map(
  [...page.matchAll(/^\| `(\w+)` \|(.*?) \|/gm)].map(([, type = '', fields = '']) => [
    type,
    [...fields.matchAll(/`(\w+)`/g)].map(([, field]) => field),
  ]),
);

describe('the reference of the protocol', () => {
  it.each(Object.entries({ ...masterMessages, ...workerMessages }))(
    'has all fields of %s',
    (type, message) => {
      const [sample] = fc.sample<object>(message, 1);
      const fields = Object.keys(sample ?? {}).filter((field) => field !== 'type');
      expect(documented.get(type)?.toSorted()).toEqual(fields.toSorted());
    },
  );

  it('has no messages that do not exist', () => {
    const types = [...Object.keys(masterMessages), ...Object.keys(workerMessages)];
    expect([...documented.keys()].toSorted()).toEqual(types.toSorted());
  });

  it('is of this protocol', () => {
    expect(page).toContain(`This page is of protocol ${PROTOCOL_VERSION}.`);
  });
});
