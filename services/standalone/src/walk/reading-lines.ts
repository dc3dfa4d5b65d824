import { type Line, listed, optionsOf } from './line.ts';

/** What is printed as a list, by what it is of. */
const LISTS = ['blockers', 'events', 'timeline', 'departures'];

/** The line that shows what a path of a GET does; undefined: there is none. */
export const readingLine = (path: string, records: Readonly<Record<string, string>>): Line | undefined => {
  const { pathname, searchParams } = new URL(path, 'http://shop.example');
  const [, plural = '', id = '', ...others] = pathname.slice(1).split('/');
  searchParams.delete('pageSize');
  const options = optionsOf(Object.fromEntries(searchParams));
  const of = others.join('/');
  if (plural === 'audit') return { words: ['trail', of] };
  if (plural === 'reports') return { words: ['report', ...options] };
  const record = records[plural];
  if (record === undefined || id === 'counts') return undefined;
  if (id === '') return { words: listing(record, searchParams, options), read: listed('items') };
  if (of === '') return { words: [record, 'show', id] };
  return { words: [record, of, id, ...options], ...(LISTS.includes(of) && { read: listed('items') }) };
};

const listing = (record: string, query: URLSearchParams, options: readonly string[]): readonly string[] =>
  query.has('awaiting') ? [record, 'inbox'] : [record, 'list', ...options];
