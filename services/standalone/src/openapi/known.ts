import type { Actor } from '../story/teller.ts';

type Document = Readonly<{ paths: Readonly<Record<string, object>> }>;
type Named = Readonly<Record<string, unknown>>;

const MOST = 6;

/** By the path of each list whose items have paths of their own: the names of some of them. */
export const knownNames = async (
  document: Document,
  reader: Actor,
): Promise<Readonly<Record<string, readonly string[]>>> => {
  const paths = Object.keys(document.paths);
  const lists = new Set(paths.filter(path => path.includes('/{')).map(path => path.slice(0, path.indexOf('/{'))));
  const known: Record<string, readonly string[]> = {};
  for (const list of lists) if (paths.includes(list)) known[list] = namesIn(await reader.reads(list));
  return known;
};

const namesIn = ({ items, Resources = items }: Named): readonly string[] =>
  (Array.isArray(Resources) ? (Resources as readonly Named[]) : [])
    .slice(0, MOST)
    .flatMap(({ id, number, name, pseudonym, email }) => (pseudonym ? [pseudonym, email] : [id, number, name]))
    .filter(each => typeof each === 'string');
