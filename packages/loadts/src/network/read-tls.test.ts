import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTempFolder } from '../script/temp-folder.case.ts';
import { readMasterTls, readWorkerTls } from './read-tls.ts';

const PEM = '-----BEGIN CERTIFICATE-----';

describe('readMasterTls', () => {
  it('reads certificate and key, or nothing where neither is given', async () => {
    const folder = await createTempFolder({ 'cert.pem': PEM, 'key.pem': `${PEM}2` });
    expect(
      await readMasterTls({ tlsCert: join(folder, 'cert.pem'), tlsKey: join(folder, 'key.pem') }),
    ).toEqual({
      cert: PEM,
      key: `${PEM}2`,
    });
    expect(await readMasterTls({ tlsCert: undefined, tlsKey: undefined })).toBeUndefined();
  });

  it('wants both', async () => {
    await expect(readMasterTls({ tlsCert: 'a', tlsKey: undefined })).rejects.toThrow(
      '--tls-cert is there without --tls-key',
    );
    await expect(readMasterTls({ tlsCert: undefined, tlsKey: 'a' })).rejects.toThrow(
      '--tls-key is there without --tls-cert',
    );
  });

  it('says all that is wrong with the files at once', async () => {
    const folder = await createTempFolder({ 'cert.der': 'binary' });
    const files = { tlsCert: join(folder, 'cert.der'), tlsKey: join(folder, 'missing') };
    await expect(readMasterTls(files)).rejects.toThrow(
      /^2 problems .*--tls-cert: .*cert\.der is no PEM file.*--tls-key: ENOENT/s,
    );
  });
});

describe('readWorkerTls', () => {
  it('reads the authority, where there is one', async () => {
    const folder = await createTempFolder({ 'ca.pem': PEM, 'ca.der': '' });
    expect(await readWorkerTls(undefined)).toBeUndefined();
    expect(await readWorkerTls(join(folder, 'ca.pem'))).toBe(PEM);
    await expect(readWorkerTls(join(folder, 'ca.der'))).rejects.toThrow(
      /^--tls-ca: .*ca\.der is no PEM file$/,
    );
  });
});
