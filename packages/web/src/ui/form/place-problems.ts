/** What the server says of a form, where it belongs. */
export interface PlacedProblems {
  /** By the field's name, such as `spawnRate`; arguments as `args.NAME`. */
  readonly fields: Readonly<Record<string, string>>;
  /** What belongs to no field. */
  readonly rest: string;
}

const PROBLEM = /^(?: {2})?(\S.*?): (.*)$/;

/** Takes a message apart that lists a problem a line, each behind the option's name: `--spawn-rate: "x" is ...`. */
export function placeProblems(message: string, names: readonly string[]): PlacedProblems {
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  let current: string | undefined;
  for (const line of message.split('\n')) {
    const [, label, says] = PROBLEM.exec(line) ?? [];
    if (label !== undefined && says !== undefined) {
      current = names.find((name) => isNamed(label, name));
      if (current !== undefined) fields[current] = [fields[current], says].filter(Boolean).join('\n');
      else rest.push(line.trim());
    } else if (current === undefined) {
      rest.push(line);
    } else {
      fields[current] += `\n${line.replace(/^ {2}/, '')}`;
    }
  }
  // `5 problems with what loadts was told:` says nothing beside the fields.
  const isPlaced = Object.keys(fields).length > 0 && rest.length <= 1;
  return { fields, rest: isPlaced ? '' : rest.join('\n') };
}

/** Whether `--spawn-rate`, `spawnRate` or `--arg tenant` is what `name` means. */
function isNamed(label: string, name: string): boolean {
  const plain = name.replace(/^args\./, '');
  const words = label.split(/[^\w-]+/);
  const kebab = plain.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const known = [plain, kebab, `--${kebab}`];
  if (name === 'thresholds') known.push('--threshold', 'threshold');
  return known.some((word) => words.includes(word));
}
