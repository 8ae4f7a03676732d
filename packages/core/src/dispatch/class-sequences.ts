import { ClassSequence, type ClassShare } from './class-sequence.ts';

/** The sequences of a run: of all its classes, and of those to which a shape restricts it for a while. */
export class ClassSequences {
  readonly #classes: readonly ClassShare[];
  /** By the restriction, so that a shape that goes back and forth does not make them anew. */
  readonly #known = new Map<string, ClassSequence>();

  constructor(classes: readonly ClassShare[]) {
    this.#classes = classes;
  }

  /** @param active indexes of the classes that may have users; null: all */
  of(active: readonly number[] | null): ClassSequence {
    const key = active?.toSorted((a, b) => a - b).join() ?? 'all';
    let sequence = this.#known.get(key);
    if (!sequence) {
      sequence = new ClassSequence(
        this.#classes.map((share, index) =>
          active === null || active.includes(index) ? share : { weight: 0, fixedCount: 0 },
        ),
      );
      this.#known.set(key, sequence);
    }
    return sequence;
  }
}
