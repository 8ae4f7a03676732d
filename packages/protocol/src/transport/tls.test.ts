import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect } from './connect.ts';
import { EventLog } from './event-log.case.ts';
import { type ListenOptions, listen } from './listen.ts';

const CERTIFICATES = new URL('../../../worker/src/http/test-certificates/', import.meta.url);

function readPem(name: string): string {
  return readFileSync(new URL(`${name}.pem`, CERTIFICATES), 'utf8');
}

const LOCALHOST = { cert: readPem('localhost.cert'), key: readPem('key') };

async function open(tls: ListenOptions['tls']): Promise<{ port: number; accepted: EventLog[] }> {
  const accepted: EventLog[] = [];
  const accept = (connection: ConstructorParameters<typeof EventLog>[0]): void => {
    accepted.push(new EventLog(connection));
  };
  const { port, close } = await listen({ host: '127.0.0.1', port: 0, tls, accept });
  onTestFinished(() => close());
  return { port, accepted };
}

describe('a connection with TLS', () => {
  it('carries messages where the worker trusts who has signed the certificate', async () => {
    const { port, accepted } = await open(LOCALHOST);
    const connection = await connect(`wss://localhost:${port}`, { ca: readPem('ca.cert') });
    connection.listen({ message: () => {}, closed: () => {} });
    connection.send(Buffer.from('hello'));
    await accepted[0]?.untilMessages(1);
    expect(accepted[0]?.texts).toEqual(['hello']);
  });

  it.each([
    ['of an unknown authority', LOCALHOST, 'self-signed.cert', /signature|issuer|verify/, /give --tls-ca/],
    [
      'that has expired',
      { ...LOCALHOST, cert: readPem('expired.cert') },
      'ca.cert',
      /expired/,
      /valid today/,
    ],
    [
      'of another host',
      { ...LOCALHOST, cert: readPem('other-host.cert') },
      'ca.cert',
      /altnames/,
      /--master-host/,
    ],
  ])('is not made with a certificate %s', async (_, tls, ca, problem, hint) => {
    const { port } = await open(tls);
    await expect(connect(`wss://localhost:${port}`, { ca: readPem(ca) })).rejects.toMatchObject({
      code: 'HANDSHAKE_REFUSED',
      message: expect.stringMatching(problem),
      hint: expect.stringMatching(hint),
    });
  });

  it('is not made with a master that has none, and the message says which side lacks it', async () => {
    const { port } = await open(undefined);
    await expect(connect(`wss://localhost:${port}`, { ca: readPem('ca.cert') })).rejects.toMatchObject({
      code: 'HANDSHAKE_REFUSED',
      message: `no TLS with the master at localhost:${port}: wrong version number`,
      hint: expect.stringContaining('the master may not use TLS'),
    });
  });

  it('hints at TLS where the worker comes without', async () => {
    const { port } = await open(LOCALHOST);
    await expect(connect(`ws://localhost:${port}`)).rejects.toThrow(
      '(if the master uses TLS, give --tls-ca)',
    );
  });

  it('needs a certificate and key that fit', async () => {
    const tls = { cert: LOCALHOST.cert, key: readPem('encrypted-key') };
    await expect(open(tls)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('the certificate and key of the master do not work'),
    });
  });
});
