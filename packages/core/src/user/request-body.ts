export type QueryValue = string | number | boolean;

/** A body that is made while it is sent, such as an async generator or a stream. */
export type BodyChunks = AsyncIterable<Uint8Array | string>;

export type FormFields = Readonly<Record<string, QueryValue | readonly QueryValue[]>>;

/** A field of a `multipart/form-data` body: a value, or a file from memory, from an iterator or from a disk. */
export type MultipartField = QueryValue | Uint8Array | MultipartContent | MultipartFile;

export interface MultipartContent {
  readonly content: string | Uint8Array | BodyChunks;
  readonly filename?: string;
  readonly contentType?: string;
}

export interface MultipartFile {
  /** Path of a file on the worker's disk, read while it is sent. */
  readonly file: string;
  /** The file's own name unless given. */
  readonly filename?: string;
  /** `application/octet-stream` unless given. */
  readonly contentType?: string;
}

type Without<Names extends string> = { readonly [Name in Names]?: undefined };

/** What a request carries: one of these, or nothing. */
export type RequestBody =
  | (Without<'form' | 'body' | 'multipart'> & {
      /** Sent as JSON with its content type. */
      readonly json?: unknown;
    })
  | (Without<'json' | 'body' | 'multipart'> & {
      /** Sent as `application/x-www-form-urlencoded`. */
      readonly form: FormFields;
    })
  | (Without<'json' | 'form' | 'multipart'> & {
      /** Sent as it is. An iterator's chunks are sent as they come, and can be sent only once. */
      readonly body: string | Uint8Array | BodyChunks;
    })
  | (Without<'json' | 'form' | 'body'> & {
      /** Sent as `multipart/form-data`; with its length, unless a field comes from an iterator. */
      readonly multipart: Readonly<Record<string, MultipartField | readonly MultipartField[]>>;
    });
