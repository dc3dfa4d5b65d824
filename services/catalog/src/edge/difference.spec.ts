import { differences } from './difference.ts';

test('of something new, every field', () => {
  expect(differences(undefined, { name: 'a', tags: [] })).toEqual([
    { field: 'name', after: 'a' },
    { field: 'tags', after: [] },
  ]);
});

test('of the same, however its keys are ordered, nothing', () => {
  expect(differences({ scope: { a: 1, b: 2 } }, { scope: { b: 2, a: 1 } })).toEqual([]);
});

test('of something changed: what it was, what it is, what is gone', () => {
  expect(differences({ title: 'A', email: 'a@b', same: 1 }, { title: 'B', same: 1 })).toEqual([
    { field: 'title', before: 'A', after: 'B' },
    { field: 'email', before: 'a@b' },
  ]);
});
