import { hostname, networkInterfaces } from 'node:os';

const ALL_ADDRESSES = ['0.0.0.0', '::'];

/** What to paste on another machine so that it joins. */
export function describeJoinCommand({
  bindHost,
  port,
  token,
  hasTls,
}: {
  readonly bindHost: string;
  readonly port: number;
  /** Undefined: one that its reader was not told by us. */
  readonly token: string | undefined;
  readonly hasTls: boolean;
}): string {
  const host = ALL_ADDRESSES.includes(bindHost) ? findOwnAddress() : bindHost;
  return [
    `loadts worker --master-host ${host} --master-port ${port}`,
    ...(token === undefined ? [] : [`--token ${token}`]),
    ...(hasTls ? ['--tls-ca ca.pem'] : []),
  ].join(' ');
}

function findOwnAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outer = addresses.find(({ internal, family }) => !internal && family === 'IPv4');
  return outer?.address ?? hostname();
}
