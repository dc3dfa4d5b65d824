import { specification } from '@slipway/event-sourcing';
import { change } from './change.ts';
import { after, approved, command } from './change.examples.ts';
import { MOST_LINKS, type RelatedRecord } from './related-records.ts';

const given = specification(change);
const incident = { record: 'incident', recordId: 'i1' } as const;
const link = (relation: RelatedRecord['relation'], recordId = 'i1') =>
  command('LinkRecord', { ...incident, recordId, relation });
const unlink = command('UnlinkRecord', { ...incident, reason: 'sealed:v1:x' });
const linked = after(...approved, link('caused-by'));

describe('a change', () => {
  test('is linked to an incident once', () => {
    expect(linked.at(-1)).toMatchObject({ type: 'RelatedRecordLinked', data: { ...incident, relation: 'caused-by' } });
    expect(given(...linked).when(link('caused-by'))).toEqual([]);
  });

  test('has one relation to it: another takes its place', () => {
    expect(given(...linked).when(link('remediates'))).toMatchObject([{ data: { relation: 'remediates' } }]);
    expect(given(...after(...approved, link('caused-by'), link('remediates'))).when(link('remediates'))).toEqual([]);
  });

  test('is unlinked from what it is linked to', () => {
    expect(given(...linked).when(unlink)).toMatchObject([{ type: 'RelatedRecordUnlinked', data: incident }]);
    expect(given(...after(...approved, link('related'), unlink)).when(unlink)).toMatchObject({
      rejected: 'not-linked',
    });
    const problem = command('UnlinkRecord', { record: 'problem', recordId: 'i1', reason: 'sealed:v1:x' });
    expect(given(...linked).when(problem)).toMatchObject({ rejected: 'not-linked' });
  });

  test('has a bounded number of links', () => {
    const many = after(...approved, ...Array.from({ length: MOST_LINKS }, (_, nth) => link('related', `i${nth}`)));
    expect(given(...many).when(link('related', 'another'))).toMatchObject({ rejected: 'too-many-links' });
    expect(given(...many).when(link('remediates', 'i7'))).toMatchObject([{ data: { recordId: 'i7' } }]);
  });
});
