import type { ErasureEvent, SubjectEvent } from '@slipway/contracts';
import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { judgeErasureWhenRetentionOver } from './judge-erasure-when-retention-over.ts';
import { recordErasureWhenSubjectErased } from './record-erasure-when-subject-erased.ts';

const ID = '0198c1a0-1000-7000-8000-000000000001';
const subject = { person: `person-${ID}`, alsoKnownAs: [] };
const stamp = stampOf('person-0198c1a0-1000-7000-8000-000000000009');
const until = '2033-03-02T09:00:00.000Z';

test('what has to be kept is judged again when its time is over', () => {
  const refused = {
    stream: `erasure-${ID}`,
    type: 'ErasureRefused',
    data: { ...subject, ground: 'gdpr-17-3-b', until, retained: [], ...stamp },
  } as const satisfies ErasureEvent & { stream: string };
  expect(processSpecification(judgeErasureWhenRetentionOver)().when(refused)).toEqual([
    { schedule: { type: 'JudgeErasure', data: subject }, to: `erasure-${ID}`, at: until },
  ]);
});

test('an erasure hears what is gone', () => {
  const erased: SubjectEvent & { stream: string } = {
    stream: `subject-${ID}`,
    type: 'SubjectErased',
    data: { person: `person-${ID}`, dropped: ['entry'], ...stamp },
  };
  expect(processSpecification(recordErasureWhenSubjectErased)().when(erased)).toEqual([
    { send: { type: 'RecordErasure', data: { dropped: ['entry'] } }, to: `erasure-${ID}` },
  ]);
});
