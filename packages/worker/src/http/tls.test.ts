import type { TLSSocket } from 'node:tls';
import type { TlsSettings } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../system-clock.ts';
import { ConnectionPools } from './connection-pools.ts';
import { createClient, engine, startServer } from './test-server.case.ts';
import { readPem, startTlsServer } from './test-tls-server.case.ts';

const CA = readPem('ca.cert');

describe('TLS', () => {
  it.each([
    ['localhost', "TLS failed: the certificate's authority is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE)"],
    ['self-signed', 'TLS failed: the certificate is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT)'],
  ])('trusts no certificate of an unknown authority: %s', async (certificate, message) => {
    const { url } = await startTlsServer(certificate);
    const { client, recording } = createClient(url);
    expect((await client.get('/')).error).toMatchObject({ kind: 'tls', message });
    expect(recording.total()).toEqual({ started: 1, connectionError: 1 });
  });

  it.each([
    ['expired', 'TLS failed: the certificate has expired (CERT_HAS_EXPIRED)'],
    ['other-host', 'TLS failed: the certificate is for another host (ERR_TLS_CERT_ALTNAME_INVALID)'],
    ['self-signed', 'TLS failed: the certificate is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT)'],
  ])('says what is wrong with a certificate: %s', async (certificate, message) => {
    const { url } = await startTlsServer(certificate);
    const { client, recording } = createClient(url, { tls: { ca: CA } });
    for (let i = 0; i < 3; i++) expect((await client.get('/')).status).toBe(0);
    expect(recording.failures()).toEqual({ [message]: 3 });
  });

  it.each([
    ['a certificate that an authority of the settings has signed', 'localhost', { ca: CA }],
    ['one of several authorities', 'localhost', { ca: [readPem('self-signed.cert'), CA] }],
    ['the certificate itself', 'self-signed', { ca: readPem('self-signed.cert') }],
    ['any certificate where verify is false', 'expired', { verify: false }],
    ['the certificate of the server name', 'other-host', { ca: CA, servername: 'other.example' }],
  ] satisfies [string, string, TlsSettings][])('accepts %s', async (_, certificate, tls) => {
    const { url } = await startTlsServer(certificate);
    const { client } = createClient(url, { tls });
    expect((await client.get('/')).text()).toBe('ok');
  });

  it('accepts any certificate with --insecure, whatever the class says', async () => {
    const { url } = await startTlsServer('expired');
    const pools = new ConnectionPools({ clock: systemClock, insecure: true, engine });
    const { client } = createClient(url, { tls: { verify: true } }, pools);
    expect((await client.get('/')).status).toBe(200);
  });

  it('shows the server a client certificate, from its key, an encrypted key, or not at all', async () => {
    const { url } = await startTlsServer(
      'localhost',
      { ca: CA, requestCert: true, rejectUnauthorized: true },
      (request, response) => response.end((request.socket as TLSSocket).getPeerCertificate().subject.CN),
    );
    const cert = readPem('client.cert');
    const own = createClient(url, { tls: { ca: CA, cert, key: readPem('key') } }).client;
    expect((await own.get('/')).text()).toBe('a-client');
    const encrypted = { ca: CA, cert, key: readPem('encrypted-key'), passphrase: 'secret' };
    expect((await createClient(url, { tls: encrypted }).client.get('/')).text()).toBe('a-client');
    const { error } = await createClient(url, { tls: { ca: CA } }).client.post('/');
    // The alert comes after the handshake; undici does not pass it on.
    expect(error?.kind).toBe(engine === 'undici' ? 'reset' : 'tls');
  });

  it.each<[string, TlsSettings]>([
    ['text that is no certificate', { cert: 'certificate.pem' }],
    ['text that is no authority', { ca: [CA, 'certificate.pem'] }],
    ['an encrypted key without its passphrase', { cert: CA, key: readPem('encrypted-key') }],
    ['a file that is no PKCS #12', { pfx: new Uint8Array([1, 2, 3]) }],
  ])('refuses %s, and shows nothing of it', (_, tls) => {
    const create = () => createClient('https://localhost', { tls });
    expect(create).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    expect(create).toThrow(
      /^the tls settings of a user class cannot be used: (?!.*(PRIVATE KEY|certificate\.pem))/,
    );
  });

  it('says that the server does not speak it', async () => {
    const { url } = await startServer();
    const { client } = createClient(url.replace('http:', 'https:'));
    const { error } = await client.get('/');
    expect(error?.kind).toBe('tls');
    expect(error?.message).toMatch(
      /^TLS failed: the server does not speak TLS here: is its URL http:\/\/ or the port another\? \([A-Z_0-9]+\)$/,
    );
  });
});
