import { validateHeaderName, validateHeaderValue } from 'node:http';
import { LoadtsError } from '@loadts/core';

/** They say how a message is sent, which is not the script's to decide. */
const SET_BY_CLIENT: ReadonlySet<string> = new Set(['transfer-encoding', 'keep-alive', 'upgrade', 'expect']);

/** @throws LoadtsError `REQUEST_INVALID` for a header of a script that cannot be sent. */
export function checkHeader(name: string, value: string): void {
  if (SET_BY_CLIENT.has(name.toLowerCase())) {
    throw new LoadtsError('REQUEST_INVALID', `the header ${JSON.stringify(name)} cannot be sent`, {
      hint: 'leave it out: the connection decides it, see keepAlive in the http settings of a user class',
    });
  }
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch {
    // Node's own error may quote the value, which may be a secret.
    throw new LoadtsError('REQUEST_INVALID', `the header ${JSON.stringify(name)} cannot be sent`, {
      hint: 'check it for spaces in the name and for line breaks in the value',
    });
  }
}
