import { InvalidArgumentError } from 'commander';

export type Reference = Readonly<{ system: string; key: string; url?: string }>;

/** An option that takes references, one after the other: `jira:SHOP-300`, or `jira:SHOP-300=https://jira.example/…`. */
export const referenceIn = (words: string, before: readonly Reference[] = []): readonly Reference[] => {
  const [, system, key, url] = /^([^:=]+):([^=]+)(?:=(https?:.+))?$/.exec(words) ?? [];
  if (!system || !key) throw new InvalidArgumentError('It takes system:key, or with an address behind =.');
  return [...before, { system, key, ...(url !== undefined && { url }) }];
};
