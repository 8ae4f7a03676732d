import { DEFAULT_MAX_USERS } from '@loadts/core';
import type { PreparedRun } from '../commands/prepare-run.ts';
import type { FindConfig } from './find-config.ts';

/** The same run under the lowest load, without what else would decide over its load, its end and its verdict. */
export function prepareSearch(prepared: PreparedRun, { by, from }: FindConfig): PreparedRun {
  const { config, classes } = prepared;
  const { poisson = false, maxUsers = DEFAULT_MAX_USERS, whenBusy = 'drop' } = config;
  const stages = [{ seconds: Number.POSITIVE_INFINITY, startRate: from, endRate: from }];
  return {
    ...prepared,
    config: {
      ...config,
      headless: true,
      users: by === 'users' ? from : config.users,
      spawnRate: 'all',
      runTimeMs: undefined,
      iterations: undefined,
      thresholds: [],
      resetStats: false,
      json: undefined,
      html: undefined,
      junit: undefined,
      hdrLog: undefined,
      baselines: [],
      regressions: [],
    },
    scenarios: [
      {
        name: undefined,
        classes,
        shape: undefined,
        arrivals: by === 'rate' ? { stages, poisson, maxUsers, whenBusy } : undefined,
        users: from,
        spawnRate: 'all',
        startMs: 0,
        endMs: undefined,
      },
    ],
  };
}
