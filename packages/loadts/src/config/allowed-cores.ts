import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { posix } from 'node:path';

/** What `allowedCores` asks the machine. */
export interface CoreSources {
  /** The content of a file; undefined where there is none. */
  readonly readText: (path: string) => string | undefined;
  /** The cores that the process may run on. */
  readonly parallelism: () => number;
}

const CGROUPS = '/sys/fs/cgroup';

/** The CPU cores that this process may fill: its affinity, or its cgroups' quota (version 1 or 2) if that is less. */
export function allowedCores(sources: CoreSources = { readText, parallelism: availableParallelism }): number {
  const quotas = listCgroupFolders(sources).flatMap((folder) => readQuota(folder, sources.readText));
  // Half a core more would only be throttled, so it is not counted.
  return Math.max(1, Math.floor(Math.min(sources.parallelism(), ...quotas)));
}

/** This process's cgroups and all above them; the topmost is the container's own where it cannot see more. */
function listCgroupFolders({ readText }: CoreSources): string[] {
  const memberships = (readText('/proc/self/cgroup') ?? '').split('\n').map((line) => line.split(':'));
  const folders = memberships.flatMap(([, controllers = '', path = '/']) => {
    if (controllers === '') return ancestors(CGROUPS, path);
    return controllers.split(',').includes('cpu') ? ancestors(`${CGROUPS}/${controllers}`, path) : [];
  });
  return [...new Set([...folders, CGROUPS, `${CGROUPS}/cpu`])];
}

function ancestors(root: string, path: string): string[] {
  if (path === '/' || path === '.') return [root];
  return [posix.join(root, path), ...ancestors(root, posix.dirname(path))];
}

/** The quota of one cgroup in cores; none where it is not limited. */
function readQuota(folder: string, readText: CoreSources['readText']): number[] {
  const v2 = readText(`${folder}/cpu.max`)?.split(' ');
  const [quota, period] = v2 ?? [
    readText(`${folder}/cpu.cfs_quota_us`),
    readText(`${folder}/cpu.cfs_period_us`),
  ];
  const cores = Number(quota) / Number(period);
  return Number.isFinite(cores) && cores > 0 ? [cores] : [];
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
