import { KnownPeople, SeveralPeople } from './known-people.ts';

const ann = { pseudonym: 'person-1', kind: 'person', name: 'Ann', aliases: ['email:ann@x', 'github:ann'] } as const;
const bo = { pseudonym: 'person-2', kind: 'person', name: 'Bo', aliases: ['email:bo@x'] } as const;

test('somebody is known by any alias', () => {
  const known = new KnownPeople([ann, bo]);
  expect(known.owner(['gitlab:ann', 'github:ann'])).toBe(ann);
  expect(known.owner(['github:nobody'])).toBeUndefined();
  expect(known.owner([])).toBeUndefined();
});

test('aliases of several people are nobody’s', () => {
  expect(() => new KnownPeople([ann, bo]).owner(['github:ann', 'email:bo@x'])).toThrow(SeveralPeople);
});

test('what is learned later counts', () => {
  const known = new KnownPeople([ann]);
  known.learn(bo);
  expect(known.owner(['email:bo@x'])).toBe(bo);
});
