/** A colour of the theme by its name in tokens.css, such as `series-1`. */
export type ColorName =
  | `series-${1 | 2 | 3 | 4 | 5 | 6 | 'fail' | 'users'}`
  | `rank-${1 | 2 | 3 | 4}`
  | `heat-${0 | 1 | 2 | 3}`
  | 'accent'
  | 'grid'
  | 'line-strong'
  | 'text'
  | 'text-3'
  | 'surface'
  | 'surface-2';

/** The colour as it is now: `#rrggbb`. */
export function readColor(name: ColorName): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** @param opacity 0 to 1 */
export function withOpacity(color: string, opacity: number): string {
  return (
    color +
    Math.round(255 * opacity)
      .toString(16)
      .padStart(2, '0')
  );
}

/** Between the colours of a scale. @param share 0 to 1 */
export function mixScale(scale: readonly string[], share: number): string {
  const position = Math.min(1, Math.max(0, share)) * (scale.length - 1);
  const from = Math.min(scale.length - 2, Math.floor(position));
  const [a, b] = [parse(scale[from] as string), parse(scale[from + 1] as string)];
  const part = position - from;
  return `rgb(${a.map((value, i) => Math.round(value + (b[i] as number) * part - value * part)).join(' ')})`;
}

function parse(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}
