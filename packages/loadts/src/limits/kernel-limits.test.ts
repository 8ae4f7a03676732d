import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../config/run-config.ts';
import { describeLimits } from './describe-limits.ts';
import { readKernelLimits } from './kernel-limits.ts';
import { peakUsers } from './peak-users.ts';
import { watchLimits } from './watch-limits.ts';

const LIMITS = 'Limit                     Soft Limit           Hard Limit           Units     \n';

function read(files: Readonly<Record<string, string>>): ReturnType<typeof readKernelLimits> {
  return readKernelLimits((path) => files[path]);
}

describe('readKernelLimits', () => {
  it('reads the soft limit of open files and the range of ports', () => {
    const limits = read({
      '/proc/self/limits': `${LIMITS}Max open files            1024                 524288               files     \n`,
      '/proc/sys/net/ipv4/ip_local_port_range': '32768\t60999\n',
    });
    expect(limits).toEqual({ openFiles: 1_024, localPorts: [32_768, 60_999] });
  });

  it('knows nothing where the kernel does not say', () => {
    const unlimited = `${LIMITS}Max open files            unlimited            unlimited            files     \n`;
    const unknown = { openFiles: undefined, localPorts: undefined };
    expect(read({ '/proc/self/limits': unlimited })).toEqual(unknown);
    expect(describeLimits({ users: 1_000_000, processes: 1 }, unknown)).toEqual([]);
  });
});

describe('describeLimits', () => {
  const limits = { openFiles: 1_024, localPorts: [32_768, 60_999] } as const;

  it('is silent where all users fit', () => {
    expect(describeLimits({ users: 960, processes: 1 }, limits)).toEqual([]);
    expect(describeLimits({ users: 1_920, processes: 2 }, limits)).toEqual([]);
    expect(describeLimits({ users: 28_232, processes: 100 }, limits)).toEqual([]);
  });

  it('names the limit of open files that a process would meet, and the commands that raise it', () => {
    expect(describeLimits({ users: 1_922, processes: 2 }, limits)).toEqual([
      '1922 users in 2 processes need 1025 open files each process, and 1024 are allowed: ulimit -n 65536, LimitNOFILE=65536 in a systemd unit, --ulimit nofile=65536 for a container',
    ]);
    const [first] = describeLimits({ users: 100_000, processes: 1 }, limits);
    expect(first).toMatch(/^100000 users in 1 process need 100064 .* ulimit -n 131072,/);
  });

  it('names the range of ports that all processes share', () => {
    expect(describeLimits({ users: 28_233, processes: 100 }, limits)).toEqual([
      '28233 users need as many local ports towards one host, and the range 32768 to 60999 has 28232: sudo sysctl -w net.ipv4.ip_local_port_range="1024 65535", or more machines',
    ]);
  });
});

describe('peakUsers', () => {
  const config: Pick<RunConfig, 'users' | 'stages' | 'rate' | 'maxUsers'> = {
    users: 7,
    stages: undefined,
    rate: undefined,
    maxUsers: undefined,
  };

  it('is what the options ask for at once', () => {
    expect(peakUsers(config)).toBe(7);
    expect(peakUsers({ ...config, rate: 500 })).toBe(1_000);
    expect(peakUsers({ ...config, rate: 500, maxUsers: 40 })).toBe(40);
    const stages = [10, 300, 0].map((users) => ({ duration: '1m', users }));
    expect(peakUsers({ ...config, stages })).toBe(300);
  });
});

describe('watchLimits', () => {
  it('warns once, when a worker has more users than fit', () => {
    const warnings: string[] = [];
    const watch = watchLimits((warning) => warnings.push(warning), { openFiles: 100, localPorts: undefined });
    for (const users of [0, 36, 37, 50]) watch(users);
    expect(warnings).toEqual([expect.stringMatching(/^37 users in 1 process need 101 open files/)]);
  });
});
