import { existsSync, readdirSync, readFileSync } from 'node:fs';

type Process = Readonly<{ pid: number; parent: number; name: string; ticks: number; reapedTicks: number }>;

/** Linux says it in hundredths of a second, on every machine that Node runs on. */
const TICKS_A_SECOND = 100;

/** Whether this system tells what a process used. */
export const canTellProcessorTime = (): boolean => existsSync('/proc/self/stat');

/** Seconds that each process used until now, with its children, those that ended too. */
export const processorSeconds = (roots: readonly number[]): readonly number[] => {
  const all = processes();
  const children = Map.groupBy(all, ({ parent }) => parent);
  const ticksBelow = ({ pid, ticks, reapedTicks }: Process): number =>
    (children.get(pid) ?? []).reduce((sum, child) => sum + ticksBelow(child), ticks + reapedTicks);
  return roots.map(root => {
    const process = all.find(({ pid }) => pid === root);
    return process ? ticksBelow(process) / TICKS_A_SECOND : 0;
  });
};

/** Seconds of the children of this process that have ended. */
export const endedChildrenSeconds = (): number => {
  const self = processes().find(({ pid }) => pid === process.pid);
  return (self?.reapedTicks ?? 0) / TICKS_A_SECOND;
};

export const parentOf = (pid: number): number => readProcess(pid)?.parent ?? 0;

/** The process of this name below this one. */
export const descendantNamed = (name: string): number => {
  const all = processes();
  const isBelow = (each: Process | undefined): boolean =>
    each !== undefined && (each.parent === process.pid || isBelow(all.find(({ pid }) => pid === each.parent)));
  return all.find(each => each.name === name && isBelow(each))?.pid ?? 0;
};

const processes = (): readonly Process[] =>
  canTellProcessorTime()
    ? readdirSync('/proc').flatMap(name => (/^\d+$/.test(name) ? (readProcess(Number(name)) ?? []) : []))
    : [];

// proc(5): the name stands in parentheses and may hold any character; then state, parent, …, utime, stime, cutime, cstime.
const readProcess = (pid: number): Process | undefined => {
  const stat = statOf(pid);
  const [, name = '', rest = ''] = /^\d+ \((.*)\) (.*)$/s.exec(stat) ?? [];
  const fields = rest.split(' ');
  const field = (nth: number): number => Number(fields[nth]);
  if (name === '') return undefined;
  return { pid, name, parent: field(1), ticks: field(11) + field(12), reapedTicks: field(13) + field(14) };
};

const statOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return ''; // it ended meanwhile
  }
};
