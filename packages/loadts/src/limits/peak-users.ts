import { DEFAULT_MAX_USERS } from '@loadts/core';
import type { RunConfig } from '../config/run-config.ts';

/** The most users that the options ask for at once. A script's own shape may want more. */
export function peakUsers({
  users,
  stages,
  rate,
  maxUsers,
}: Pick<RunConfig, 'users' | 'stages' | 'rate' | 'maxUsers'>): number {
  if (stages !== undefined) return Math.max(...stages.map((stage) => stage.users));
  if (rate !== undefined) return maxUsers ?? DEFAULT_MAX_USERS;
  return users;
}
