import { aliasOf, isPseudonym, PERSON } from './people.ts';

test.each([
  ['Ann@Example.org', 'email:ann@example.org'],
  ['email:Ann@Example.org', 'email:ann@example.org'],
  ['github:CoderToCat', 'github:CoderToCat'],
])('%s is known as %s', (person, alias) => {
  expect(person).toMatch(PERSON);
  expect(aliasOf(person)).toBe(alias);
});

test('a pseudonym is itself', () => {
  const pseudonym = 'person-0198c0de-0000-7000-8000-000000000000';
  expect(pseudonym).toMatch(PERSON);
  expect([pseudonym, 'person-x', 'ann@example.org'].map(isPseudonym)).toEqual([true, false, false]);
});

test.each(['', 'ann', 'ann example', 'a@b@c', 'a b:c', 'github: x'])('%j names nobody', text =>
  expect(text).not.toMatch(PERSON),
);
