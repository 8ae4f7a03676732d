import { readFileSync } from 'node:fs';

/** What the kernel lets one process or one machine have; undefined where it does not say, as on other systems than Linux. */
export interface KernelLimits {
  /** Files and sockets that this process, and each that it starts, may have open. */
  readonly openFiles: number | undefined;
  /** The first and the last port that a connection can begin at. */
  readonly localPorts: readonly [number, number] | undefined;
}

/** The limits of this process. Node.js has raised the soft limit of open files to the hard one when it started. */
export function readKernelLimits(readText: (path: string) => string | undefined = readFile): KernelLimits {
  const openFiles = /^Max open files +(\d+)/m.exec(readText('/proc/self/limits') ?? '')?.[1];
  const range = /^(\d+)\s+(\d+)/.exec(readText('/proc/sys/net/ipv4/ip_local_port_range') ?? '');
  return {
    openFiles: openFiles === undefined ? undefined : Number(openFiles),
    localPorts: range === null ? undefined : [Number(range[1]), Number(range[2])],
  };
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
