/** `kind` in lower case. The namespace is left away: names are unique here. */
export type Reference = Readonly<{ kind: string; name: string }>;

/** `[<kind>:][<namespace>/]<name>` (backstage.io/docs/features/software-catalog/references); `kind` is the one of the context. */
export const parsedRef = (reference: string, kind: string): Reference => {
  const [, given = kind, name = reference] = /^(?:([^:/]+):)?(?:[^:/]+\/)?([^:/]+)$/.exec(reference) ?? [];
  return { kind: given.toLowerCase(), name };
};
