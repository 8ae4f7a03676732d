import { describe, expect, it } from 'vitest';
import { allowedCores } from './allowed-cores.ts';

const V2 = '/sys/fs/cgroup';
const V1 = '/sys/fs/cgroup/cpu,cpuacct';

describe('allowedCores', () => {
  it.each<[string, number, number, Record<string, string>]>([
    ['the affinity where there are no cgroups', 8, 8, {}],
    ['the affinity where the quota is larger', 2, 2, { [`${V2}/cpu.max`]: '400000 100000\n' }],
    ['a quota of version 2', 8, 4, { [`${V2}/cpu.max`]: '400000 100000\n' }],
    ['the affinity where version 2 does not limit', 8, 8, { [`${V2}/cpu.max`]: 'max 100000\n' }],
    ['whole cores of a quota', 8, 1, { [`${V2}/cpu.max`]: '199000 100000\n' }],
    ['one at least', 8, 1, { [`${V2}/cpu.max`]: '10000 100000\n' }],
    [
      "the strictest of a version 2 group's parents",
      8,
      2,
      {
        '/proc/self/cgroup': '0::/user.slice/app.service\n',
        [`${V2}/user.slice/cpu.max`]: '200000 100000\n',
        [`${V2}/user.slice/app.service/cpu.max`]: '300000 100000\n',
      },
    ],
    [
      'a quota of version 1',
      8,
      3,
      {
        '/proc/self/cgroup': '5:devices:/\n4:cpu,cpuacct:/docker/1a2b\n',
        [`${V1}/docker/1a2b/cpu.cfs_quota_us`]: '300000\n',
        [`${V1}/docker/1a2b/cpu.cfs_period_us`]: '100000\n',
      },
    ],
    [
      "a container's own quota of version 1",
      8,
      3,
      {
        '/proc/self/cgroup': '4:cpu,cpuacct:/docker/1a2b\n',
        [`${V1}/cpu.cfs_quota_us`]: '300000\n',
        [`${V1}/cpu.cfs_period_us`]: '100000\n',
      },
    ],
    [
      'the affinity where version 1 does not limit',
      8,
      8,
      { [`${V2}/cpu/cpu.cfs_quota_us`]: '-1\n', [`${V2}/cpu/cpu.cfs_period_us`]: '100000\n' },
    ],
    ['the affinity where files make no sense', 8, 8, { '/proc/self/cgroup': '??', [`${V2}/cpu.max`]: '' }],
  ])('is %s', (_, parallelism, expected, files) => {
    expect(allowedCores({ readText: (path) => files[path], parallelism: () => parallelism })).toBe(expected);
  });

  it('is a whole number on this machine', () => {
    expect(Number.isSafeInteger(allowedCores())).toBe(true);
    expect(allowedCores()).toBeGreaterThan(0);
  });
});
