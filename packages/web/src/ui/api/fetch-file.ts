import { readError } from './api-error.ts';
import { API } from './call-api.ts';

const FILE_NAME = /filename="([^"/\\]+)"/;

/** Downloads a file under the name that the server gives it. Throws an `ApiError` with its words where it refuses. */
export async function fetchFile(path: string, fallback: string): Promise<void> {
  const response = await fetch(API + path, { credentials: 'same-origin', cache: 'no-store' });
  if (!response.ok) throw readError(response.status, await response.json().catch(() => undefined));
  const name = FILE_NAME.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? fallback;
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
