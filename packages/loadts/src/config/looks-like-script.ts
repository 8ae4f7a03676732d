/** Whether this can only be what `loadts run` runs: a file of code or a URL. */
export function looksLikeScript(arg: string): boolean {
  return /\.[cm]?[jt]s$/.test(arg) || isUrl(arg);
}

/** Whether the script of a command line is a URL to GET instead. */
export function isUrl(script: string): boolean {
  return /^https?:/i.test(script);
}
