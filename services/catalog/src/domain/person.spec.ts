import { specification, stampOf } from '@slipway/event-sourcing';
import { person, type StatedPerson } from './person.ts';

const given = specification(person);
const stamp = stampOf('person-admin');
const [former, another] = [
  'person-00000000-0000-4000-8000-000000000001',
  'person-00000000-0000-4000-8000-000000000002',
];
const ann: StatedPerson = { kind: 'person', alsoKnownAs: [former] };
const registered = { type: 'PersonRegistered', data: { ...ann, ...stamp } } as const;

const register = (changes: Partial<StatedPerson> = {}, agrees = true) =>
  ({ type: 'RegisterPerson', data: { ...ann, ...changes, agrees }, stamp }) as const;
const update = (changes: Partial<StatedPerson> = {}) =>
  ({ type: 'UpdatePerson', data: { ...ann, ...changes }, stamp }) as const;

test('a person is registered with the pseudonyms under which she was seen before', () => {
  expect(given().when(register())).toEqual([registered]);
});

test('a service account is registered', () => {
  expect(given().when(register({ kind: 'service-account', alsoKnownAs: [] }))).toMatchObject([
    { type: 'PersonRegistered', data: { kind: 'service-account', alsoKnownAs: [] } },
  ]);
});

test('registered again with what the directory has: nothing happens', () => {
  expect(given(registered).when(register())).toEqual([]);
});

test('registered again with another name or account: refused', () => {
  expect(given(registered).when(register({}, false))).toMatchObject({ rejected: 'already-registered' });
});

test('registered again as another kind: refused', () => {
  expect(given(registered).when(register({ kind: 'service-account' }))).toMatchObject({
    rejected: 'already-registered',
  });
});

test('an update adds pseudonyms and forgets none', () => {
  expect(given(registered).when(update({ alsoKnownAs: [another] }))).toEqual([
    { type: 'PersonUpdated', data: { kind: 'person', alsoKnownAs: [former, another], ...stamp } },
  ]);
});

test('an update without a new pseudonym is no event', () => {
  expect(given(registered).when(update({ alsoKnownAs: [] }))).toEqual([]);
});

test('a person does not become a service account', () => {
  expect(given(registered).when(update({ kind: 'service-account' }))).toMatchObject({ rejected: 'kind-is-fixed' });
});

test('nobody to update: refused', () => {
  expect(given().when(update())).toMatchObject({ rejected: 'not-found' });
});
