import { LoadtsError, MAX_RATE } from '@loadts/core';
import { MAX_USERS } from './load-source.ts';
import type { RateChange, UsersChange } from './run-control.ts';

/** @throws LoadtsError `CONFIG_INVALID` with all that is wrong; the values may come from anywhere. */
export function checkUsersChange({ users, spawnRate }: UsersChange): void {
  const problems: string[] = [];
  if (users === undefined && spawnRate === undefined) problems.push('neither users nor spawnRate is given');
  if (users !== undefined && !isWhole(users, 0)) {
    problems.push(`users: ${users} is not a whole number from 0 to ${MAX_USERS}`);
  }
  if (spawnRate !== undefined && spawnRate !== 'all' && !isPositive(spawnRate)) {
    problems.push(`spawnRate: ${spawnRate} is neither a number above 0 nor "all"`);
  }
  refuse(problems, 'for example 20 users at a spawn rate of 5 a second');
}

/** @throws LoadtsError `CONFIG_INVALID` with all that is wrong. @param workers that share the arrivals */
export function checkRateChange({ rate, maxUsers }: RateChange, workers: number): void {
  const problems: string[] = [];
  if (rate === undefined && maxUsers === undefined) problems.push('neither rate nor maxUsers is given');
  if (rate !== undefined && !(isPositive(rate) && rate <= MAX_RATE)) {
    problems.push(`rate: ${rate} is not a number above 0 up to ${MAX_RATE}; to start nothing, pause the run`);
  }
  if (maxUsers !== undefined) problems.push(...findMaxUsersProblems(maxUsers, workers));
  refuse(problems, 'for example a rate of 500 with 2000 users at most');
}

function findMaxUsersProblems(maxUsers: number, workers: number): string[] {
  if (!isWhole(maxUsers, 1)) return [`maxUsers: ${maxUsers} is not a whole number from 1 to ${MAX_USERS}`];
  if (maxUsers >= workers) return [];
  return [`maxUsers: ${maxUsers} is too few: ${workers} workers share the arrivals, and each needs one user`];
}

function isWhole(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least && value <= MAX_USERS;
}

function isPositive(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}

function refuse(problems: readonly string[], hint: string): void {
  if (problems.length > 0) throw new LoadtsError('CONFIG_INVALID', problems.join('\n'), { hint });
}
