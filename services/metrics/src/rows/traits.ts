import type { Code } from './code.ts';
import type { Run } from './run.ts';

/** How much a rollout brings: commits that are known of it. */
export const SIZES = ['unknown', 'one-commit', '2-to-5-commits', '6-to-20-commits', 'over-20-commits'] as const;
export type Size = (typeof SIZES)[number];

export const sizeOf = ({ commits }: Code): Size => {
  const count = commits.length;
  if (count === 0) return 'unknown';
  if (count === 1) return 'one-commit';
  if (count <= 5) return '2-to-5-commits';
  return count <= 20 ? '6-to-20-commits' : 'over-20-commits';
};

/** How it came to its users, as its runs tell. */
export const PATTERNS = ['unknown', 'canary', 'blue-green', 'waves', 'at-once'] as const;
export type Pattern = (typeof PATTERNS)[number];

export const patternOf = (runs: readonly Run[]): Pattern => {
  if (runs.every(({ imported }) => imported)) return 'unknown';
  if (runs.some(({ isCanary }) => isCanary)) return 'canary';
  if (runs.some(({ isCutOver }) => isCutOver)) return 'blue-green';
  return new Set(runs.map(({ wave }) => wave)).size > 1 ? 'waves' : 'at-once';
};
