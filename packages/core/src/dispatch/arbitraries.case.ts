import fc from 'fast-check';
import type { ClassShare } from './class-sequence.ts';

const weight: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 0, max: 10 }),
  fc.double({ min: 0.001, max: 5, noNaN: true }),
);

const fixedCount: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 }) },
);

const classShare: fc.Arbitrary<ClassShare> = fc.record({ weight, fixedCount });

/** 1 to 6 classes, at least one of them with users. */
export const classShares: fc.Arbitrary<ClassShare[]> = fc
  .array(classShare, { minLength: 1, maxLength: 6 })
  .filter((classes) => classes.some((share) => share.weight > 0 || share.fixedCount > 0));

/** 1 to 6 classes that share all users by their weights. */
export const weightedShares: fc.Arbitrary<ClassShare[]> = fc
  .array(fc.record({ weight, fixedCount: fc.constant(0) }), { minLength: 1, maxLength: 6 })
  .filter((classes) => classes.some((share) => share.weight > 0));

export const workerCount: fc.Arbitrary<number> = fc.integer({ min: 1, max: 12 });

/** Up to a few dozen rounds. */
export const userCount: fc.Arbitrary<number> = fc.integer({ min: 0, max: 300 });
