import { readdirSync, readFileSync } from 'node:fs';

/** Bytes in memory: its own (heap, stacks, code, mapped files), and what it shares with others (the buffers of PostgreSQL). */
export type Resident = Readonly<{ own: number; shared: number }>;

type Status = Readonly<{ pid: number; parent: number; resident: number; shared: number }>;

/** Of a process and everything below it; what they share counts once. From /proc: Linux only. */
export const residentOf = (root: number): Resident => {
  const all = readdirSync('/proc').flatMap(name => (/^\d+$/.test(name) ? (statusOf(Number(name)) ?? []) : []));
  const tree = [...all.filter(({ pid }) => pid === root), ...below(root, all)];
  return {
    own: tree.reduce((sum, { resident, shared }) => sum + resident - shared, 0),
    shared: Math.max(0, ...tree.map(({ shared }) => shared)),
  };
};

/** Bytes of one process alone; 0 when it has ended. */
export const residentAlone = (pid: number): number => statusOf(pid)?.resident ?? 0;

const below = (root: number, all: readonly Status[]): readonly Status[] =>
  all.filter(({ parent }) => parent === root).flatMap(child => [child, ...below(child.pid, all)]);

const statusOf = (pid: number): Status | undefined => {
  const status = textOf(`/proc/${pid}/status`);
  if (status === '') return undefined;
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return { pid, parent: field('PPid'), resident: field('VmRSS') * 1024, shared: field('RssShmem') * 1024 };
};

/** Empty when the process has ended meanwhile. */
const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** The process whose command line begins with this program and ends with this argument. Throws when there is none. */
export const processOf = (program: string, argument: string): number => {
  const found = readdirSync('/proc').find(name => {
    const line = /^\d+$/.test(name) ? textOf(`/proc/${name}/cmdline`).split('\0') : [];
    return line[0] === program && line.at(-2) === argument;
  });
  if (found === undefined) throw new Error(`no process of ${program} has the argument ${argument}`);
  return Number(found);
};
