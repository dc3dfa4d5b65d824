import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { eraseSubjectWhenErasureDecided } from './erase-subject-when-erasure-decided.ts';

const ID = '0198c1a0-1000-7000-8000-000000000001';
const person = `person-${ID}`;
const stamp = stampOf('person-0198c1a0-1000-7000-8000-000000000009');
const at = { stream: `erasure-${ID}` };
const given = processSpecification(eraseSubjectWhenErasureDecided);

test('a granted erasure is carried out in whole', () => {
  const granted = { ...at, type: 'ErasureGranted', data: { person, alsoKnownAs: [], ...stamp } } as const;
  expect(given().when(granted)).toEqual([{ send: { type: 'EraseSubject', data: { person } }, to: `subject-${ID}` }]);
});

test('a refused one is carried out but for the link', () => {
  const until = '2033-03-02T09:00:00.000Z';
  const data = { person, alsoKnownAs: [], ground: 'gdpr-17-3-b', until, retained: [], ...stamp } as const;
  expect(given().when({ ...at, type: 'ErasureRefused', data })).toEqual([
    { send: { type: 'EraseSubject', data: { person, linkUntil: until } }, to: `subject-${ID}` },
  ]);
});
