import type { KernelLimits } from './kernel-limits.ts';

/** Users with a connection each, over so many processes of this machine. */
export interface ConnectionNeed {
  readonly users: number;
  readonly processes: number;
}

/** What a process has open besides the connections of its users. */
const OTHER_FILES = 64;
const ENOUGH_FILES = 65_536;
const WIDEST_RANGE = '1024 65535';

/** A sentence for each limit that so many users exceed, with the command that raises it. */
export function describeLimits({ users, processes }: ConnectionNeed, limits: KernelLimits): string[] {
  const { openFiles, localPorts } = limits;
  const warnings: string[] = [];
  const files = Math.ceil(users / processes) + OTHER_FILES;
  if (openFiles !== undefined && files > openFiles) {
    const wanted = Math.max(ENOUGH_FILES, 2 ** Math.ceil(Math.log2(files)));
    warnings.push(
      `${users} users in ${countOf(processes, 'process', 'processes')} need ${files} open files each process, and ${openFiles} are allowed: ulimit -n ${wanted}, LimitNOFILE=${wanted} in a systemd unit, --ulimit nofile=${wanted} for a container`,
    );
  }
  if (localPorts === undefined) return warnings;
  const [first, last] = localPorts;
  const ports = last - first + 1;
  if (users > ports) {
    warnings.push(
      `${users} users need as many local ports towards one host, and the range ${first} to ${last} has ${ports}: sudo sysctl -w net.ipv4.ip_local_port_range="${WIDEST_RANGE}", or more machines`,
    );
  }
  return warnings;
}

function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
