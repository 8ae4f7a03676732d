/** 0.07 instead of 0.07000000000000001. */
export function withoutNoise(value: number): number {
  return Number(value.toPrecision(12));
}
