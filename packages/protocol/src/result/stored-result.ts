import type { RunResult } from '@loadts/core';

/** A type as JSON holds it: what may be undefined may be missing, and lists belong to the reader. */
type Stored<Type> = Type extends readonly (infer Item)[]
  ? Stored<Item>[]
  : Type extends object
    ? StoredObject<Type>
    : Type;

type StoredObject<Type> = {
  -readonly [Key in keyof Type as undefined extends Type[Key] ? never : Key]: Stored<Type[Key]>;
} & {
  -readonly [Key in keyof Type as undefined extends Type[Key] ? Key : never]?:
    | Stored<Exclude<Type[Key], undefined>>
    | undefined;
};

/** A `RunResult` as it is in its file. */
export type StoredResult = Stored<RunResult>;

/** The type with nothing that may be missing, to compare types by all of their fields. */
export type Complete<Type> = Type extends readonly (infer Item)[]
  ? Complete<Item>[]
  : Type extends object
    ? { [Key in keyof Type]-?: Complete<Exclude<Type[Key], undefined>> }
    : Type;
