/** Sent as the `authorization` header: basic authentication, or a token. */
export type HttpAuth =
  | { readonly username: string; readonly password: string; readonly bearer?: never }
  | { readonly bearer: string; readonly username?: never; readonly password?: never };
