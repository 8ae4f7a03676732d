import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU time that a process and its children have used so far, as Linux accounts for it, in microseconds.
 * @param {number} pid
 * @returns {number}
 */
export function readTreeCpuUs(pid) {
  return readOwnCpuUs(pid) + childrenOf(pid).reduce((sum, child) => sum + readTreeCpuUs(child), 0);
}

/**
 * The same without its children.
 * @param {number} pid
 */
export function readOwnCpuUs(pid) {
  let ns = 0;
  for (const task of list(`/proc/${pid}/task`)) {
    ns += Number(read(`/proc/${pid}/task/${task}/schedstat`).split(' ')[0]);
  }
  return ns / 1_000;
}

/** @param {number} pid */
function childrenOf(pid) {
  return list(`/proc/${pid}/task`)
    .flatMap((task) => read(`/proc/${pid}/task/${task}/children`).split(' '))
    .filter((child) => child !== '')
    .map(Number);
}

/** @param {string} folder */
function list(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
