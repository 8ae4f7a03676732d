import {
  HttpUser,
  type LoadTestShape,
  LoadtsError,
  readShapes,
  readUserClasses,
  type ShapeConstructor,
  suggest,
  type UserClass,
} from '@loadts/core';

/** @throws LoadtsError `CONFIG_INVALID` for a name that the script does not export. */
export function selectUserClasses(
  exports: Readonly<Record<string, unknown>>,
  names: readonly string[] | undefined,
): UserClass[] {
  const all = readUserClasses(exports);
  const known = all.map((userClass) => userClass.name);
  for (const name of names ?? []) {
    if (!known.includes(name)) throw unknownName('user class', name, known);
  }
  return all.filter((userClass) => !names || names.includes(userClass.name));
}

/** The shape of that name, or the only one there is. @throws LoadtsError `CONFIG_INVALID` where it is not clear which. */
export function selectShape(
  exports: Readonly<Record<string, unknown>>,
  name: string | undefined,
): ShapeConstructor | undefined {
  const shapes = readShapes(exports);
  const known = shapes.map((shape) => shape.name);
  if (name !== undefined) {
    const named = shapes.find((shape) => shape.name === name);
    if (!named) throw unknownName('shape', name, known);
    return named;
  }
  if (shapes.length > 1) {
    throw new LoadtsError('CONFIG_INVALID', `the script has several shapes: ${known.join(', ')}`, {
      hint: `choose one: --shape ${known[0]}`,
    });
  }
  return shapes[0];
}

/** @throws LoadtsError `SCRIPT_LOAD_FAILED` where the shape's constructor throws. */
export function createShape(shape: ShapeConstructor): LoadTestShape {
  try {
    return new shape();
  } catch (cause) {
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    throw new LoadtsError('SCRIPT_LOAD_FAILED', `the shape ${shape.name} threw\n${text}`, { cause });
  }
}

/** @throws LoadtsError `HOST_MISSING` where HTTP users would not know where to send their requests. */
export function requireHost(classes: readonly UserClass[], host: string | undefined): void {
  const lost = classes.filter(
    (userClass) => userClass.create.prototype instanceof HttpUser && !userClass.host && host === undefined,
  );
  if (lost.length === 0) return;
  throw new LoadtsError('HOST_MISSING', `no host for ${lost.map(({ name }) => name).join(', ')}`, {
    hint: 'add --host http://localhost:8000, or static host = "http://localhost:8000" to the class',
  });
}

export function unknownName(what: string, name: string, known: readonly string[]): LoadtsError {
  return new LoadtsError('CONFIG_INVALID', `the script has no ${what} ${JSON.stringify(name)}`, {
    hint: suggest(name, known, known.length > 0 ? `it has ${known.join(', ')}` : `it exports no ${what}`),
  });
}
