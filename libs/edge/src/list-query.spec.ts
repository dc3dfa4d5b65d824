import 'reflect-metadata';
import fc from 'fast-check';
import { eventPlace, eventToken } from './event-token.ts';
import { afterInstant, paged, pageOf } from './list-query.ts';
import type { ProblemException } from './problem.ts';

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return (error as ProblemException).problem.code;
  }
};

test('page by page, every row comes once and in order, whatever the size of a page', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 20 }), (count, pageSize) => {
      const all = Array.from({ length: count }, (_, index) => String(index).padStart(3, '0'));
      const seen: object[] = [];
      let pageToken: string | undefined;
      do {
        const page = pageOf({ pageSize, ...(pageToken && { pageToken }) });
        const rest = all.filter(key => key > (page.after?.[0] ?? '')).slice(0, page.limit);
        const { items, nextPageToken } = paged(
          rest.map(key => ({ cursor: [key], item: { key } })),
          page,
        );
        seen.push(...items);
        pageToken = nextPageToken;
      } while (pageToken);
      expect(seen).toEqual(all.map(key => ({ key })));
    }),
  ));

test.each([
  'nonsense',
  Buffer.from('{}').toString('base64url'),
  Buffer.from('["a\\u0000"]').toString('base64url'),
  Buffer.from('[1]').toString('base64url'),
])('a page token that nobody made is refused: %s', pageToken =>
  expect(codeOf(() => pageOf({ pageToken }))).toBe('invalid-page-token'),
);

test('a list by time goes on after an instant, and after nothing that is none', () => {
  const at = '2026-03-02T09:00:00.000Z';
  expect(afterInstant({ limit: 2, after: [at, 'id'] })).toEqual({ at, id: 'id' });
  expect(afterInstant({ limit: 2 })).toBe(undefined);
  for (const made of ['', 'soon', '2026-02-30T00:00:00.000Z', '2026-03-02'])
    expect(codeOf(() => afterInstant({ limit: 2, after: [made, 'id'] }))).toBe('invalid-page-token');
});

test('an event token gives its place back, and nothing else passes for one', () => {
  const place = { stream: 'release-0198c0de-0000-7000-8000-000000000000', version: 12 };
  expect(eventPlace(eventToken(place))).toEqual(place);
  fc.assert(fc.property(fc.string(), text => expect(codeOf(() => eventPlace(text))).toBe('invalid-after-event')));
});
