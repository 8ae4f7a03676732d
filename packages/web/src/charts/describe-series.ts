interface Described {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

/** One sentence a line: its range and its end, for those who cannot see the chart. */
export function describeSeries(series: readonly Described[], format: (value: number) => string): string {
  return series.map((line) => describeLine(line, format)).join(' ');
}

function describeLine({ label, values }: Described, format: (value: number) => string): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return `${label}: nothing measured.`;
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return `${label}: from ${format(least)} to ${format(most)}, at the end ${format(known.at(-1) ?? 0)}.`;
}
