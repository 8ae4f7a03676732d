/** A value of a script as a message shows it. */
export function inspectValue(value: unknown): string {
  if (typeof value === 'function') return `the class ${value.name || 'without a name'}`;
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
