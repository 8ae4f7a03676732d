import { createSecureContext, type SecureContext } from 'node:tls';
import { LoadtsError, type TlsSettings } from '@loadts/core';

/** What `tls.connect` needs from the settings. */
export interface TlsOptions {
  readonly rejectUnauthorized: boolean;
  /** Made once: reading certificates takes longer than a handshake. Undefined: Node's own. */
  readonly secureContext: SecureContext | undefined;
  readonly servername: string | undefined;
}

/** @throws LoadtsError `CONFIG_INVALID` for certificates or keys that cannot be read. */
export function readTlsOptions(settings: TlsSettings = {}, insecure = false): TlsOptions {
  return {
    rejectUnauthorized: !insecure && settings.verify !== false,
    secureContext: readContext(settings),
    servername: settings.servername,
  };
}

function readContext({ ca, cert, key, pfx, passphrase }: TlsSettings): SecureContext | undefined {
  if (ca === undefined && cert === undefined && key === undefined && pfx === undefined) return undefined;
  try {
    return createSecureContext({
      ca: readAuthorities(ca),
      cert,
      key,
      pfx: pfx && Buffer.from(pfx),
      passphrase,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LoadtsError('CONFIG_INVALID', `the tls settings of a user class cannot be used: ${reason}`, {
      hint: 'ca, cert and key are PEM text, not file names; an encrypted key or pfx needs its passphrase',
      cause,
    });
  }
}

function readAuthorities(ca: TlsSettings['ca']): string[] | undefined {
  if (ca === undefined) return undefined;
  const texts = typeof ca === 'string' ? [ca] : [...ca];
  // Node takes what is none for no authority at all.
  if (texts.every((text) => text.includes('-----BEGIN'))) return texts;
  throw new Error('ca is no PEM text');
}
