import { describeLimits } from './describe-limits.ts';
import { type KernelLimits, readKernelLimits } from './kernel-limits.ts';

/** For a worker, which learns of its users one by one: warns once, when it has more than the kernel allows for. */
export function watchLimits(
  warn: (warning: string) => void,
  limits: KernelLimits = readKernelLimits(),
): (users: number) => void {
  let hasWarned = false;
  return (users) => {
    if (hasWarned) return;
    const warnings = describeLimits({ users, processes: 1 }, limits);
    hasWarned = warnings.length > 0;
    for (const warning of warnings) warn(warning);
  };
}
