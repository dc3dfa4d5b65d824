import { canonical } from '@slipway/canonical';

export type FieldDifference = Readonly<{ field: string; before?: unknown; after?: unknown }>;

/** Field by field, in the order of the fields; equal ones are left out. */
export const differences = (before: object | undefined, after: object): readonly FieldDifference[] => {
  const old: Readonly<Record<string, unknown>> = { ...before };
  const now: Readonly<Record<string, unknown>> = { ...after };
  return [...new Set([...Object.keys(now), ...Object.keys(old)])]
    .filter(field => textOf(old[field]) !== textOf(now[field]))
    .map(field => ({
      field,
      ...(old[field] !== undefined && { before: old[field] }),
      ...(now[field] !== undefined && { after: now[field] }),
    }));
};

const textOf = (value: unknown): string => (value === undefined ? '' : canonical(value));
