import { readFile } from 'node:fs/promises';
import { LoadtsError } from '@loadts/core';
import type { MasterConfig } from '../config/network-config.ts';
import { configError, type Problem } from '../config/problem.ts';

/** The master's certificate and key, where it has any. @throws LoadtsError `CONFIG_INVALID` */
export async function readMasterTls({
  tlsCert,
  tlsKey,
}: Pick<MasterConfig, 'tlsCert' | 'tlsKey'>): Promise<
  { readonly cert: string; readonly key: string } | undefined
> {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) {
    const [given, missing] =
      tlsCert === undefined ? ['--tls-key', '--tls-cert'] : ['--tls-cert', '--tls-key'];
    throw new LoadtsError('CONFIG_INVALID', `${given} is there without ${missing}`, {
      hint: 'TLS needs a certificate and its key',
    });
  }
  const files = [await readPem('--tls-cert', tlsCert), await readPem('--tls-key', tlsKey)] as const;
  const problems = files.filter((file) => typeof file !== 'string');
  if (problems.length > 0) throw configError(problems);
  return { cert: files[0] as string, key: files[1] as string };
}

/** Whom a worker trusts. @throws LoadtsError `CONFIG_INVALID` */
export async function readWorkerTls(tlsCa: string | undefined): Promise<string | undefined> {
  if (tlsCa === undefined) return undefined;
  const file = await readPem('--tls-ca', tlsCa);
  if (typeof file === 'string') return file;
  throw configError([file]);
}

async function readPem(option: string, path: string): Promise<string | Problem> {
  const hint = 'give it a file in PEM, which begins with -----BEGIN';
  try {
    const text = await readFile(path, 'utf8');
    if (text.includes('-----BEGIN ')) return text;
    return { text: `${option}: ${path} is no PEM file`, hint };
  } catch (error) {
    return { text: `${option}: ${error instanceof Error ? error.message : String(error)}`, hint };
  }
}
