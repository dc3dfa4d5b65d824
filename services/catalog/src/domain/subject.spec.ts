import { fold, isRejection, specification, stampOf } from '@slipway/event-sourcing';
import { subject, subjectMoves, type SubjectStatus } from './subject.ts';

const ANN = 'person-0198c1a0-1000-7000-8000-000000000001';
const stamp = stampOf('process-erase-subject-when-erasure-decided');
const until = '2033-03-02T09:00:00.000Z';
const given = specification(subject);
const erase = (linkUntil?: string) =>
  ({ type: 'EraseSubject', data: { person: ANN, dropped: ['keys'], ...(linkUntil && { linkUntil }) }, stamp }) as const;
const erased = (linkUntil?: string) =>
  ({ type: 'SubjectErased', data: { ...erase(linkUntil).data, ...stamp } }) as const;

test('somebody is erased, by pseudonym', () => {
  expect(given().when(erase())).toEqual([erased()]);
});

test('somebody is erased but for the link, then that goes too', () => {
  expect(given().when(erase(until))).toEqual([erased(until)]);
  expect(given(erased(until)).when(erase())).toEqual([erased()]);
});

test('the link may have to stay longer, and the same again is nothing', () => {
  expect(given(erased(until)).when(erase('2034-03-02T09:00:00.000Z'))).toHaveLength(1);
  expect(given(erased(until)).when(erase(until))).toEqual([]);
});

test('nobody comes back', () => {
  expect(given(erased()).when(erase(until))).toEqual([]);
  expect(given(erased()).when(erase())).toEqual([]);
});

describe('every state and command', () => {
  const histories = { Known: [], Linked: [erased(until)], Erased: [erased()] } as const satisfies Record<
    SubjectStatus,
    object
  >;
  const pairs = (Object.keys(histories) as SubjectStatus[]).flatMap(state =>
    [erase(), erase(until)].map(command => [state, command.data.linkUntil ?? 'for good', command] as const),
  );

  test.each(pairs)('%s, erased until %s', (state, _, command) => {
    const decision = given(...histories[state]).when(command);
    if (isRejection(decision)) throw new Error('a subject refuses nothing');
    const { status } = fold(subject, [...histories[state], ...decision]);
    expect(subjectMoves[state][command.type]).toContain(status);
  });
});
