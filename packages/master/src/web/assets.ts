import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the page, ready to be served. */
export interface Asset {
  readonly type: string;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

const PLACEHOLDER = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>loadts</title>
<p>The page is not built. The REST API is there: <a href="/api/v1/state">/api/v1/state</a>,
<a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</p>
</html>
`;

/** The page's files by path, such as `/` and `/assets/page.js`. They are few, so all are kept: no path reaches the disk. */
export function readAssets(folder: URL | undefined): ReadonlyMap<string, Asset> {
  const files = folder === undefined ? [] : listFiles(fileURLToPath(folder));
  const assets = new Map(files.map(({ path, content }) => [path, createAsset(path, content)]));
  const page = assets.get('/index.html') ?? createAsset('/index.html', Buffer.from(PLACEHOLDER));
  return assets.set('/', page).set('/index.html', page);
}

function listFiles(folder: string): { path: string; content: Buffer }[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && extname(entry.name) in TYPES)
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        return { path: `/${relative(folder, file).split(sep).join('/')}`, content: readFileSync(file) };
      });
  } catch {
    // A clone that was not built: the API works all the same.
    return [];
  }
}

function createAsset(path: string, content: Buffer): Asset {
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  return { type: TYPES[extname(path)] ?? 'application/octet-stream', content: new Uint8Array(content), etag };
}
