import type { Delivery } from '@slipway/consumers';
import { type Message, type Recorded, type Stamp, stampOf } from '@slipway/event-sourcing';
import { describedRow } from './described-row.ts';
import { describedView } from './record.view.ts';

type NoteEvent = Message<'NoteTaken' | 'NoteLost', Stamp & Readonly<{ title?: string; owner?: string }>>;
type Note = Readonly<{ title: string; owner: string; description?: string }>;
type Row = Note & Readonly<{ labels: readonly string[]; refs: readonly string[]; version: number }>;

const ann = 'person-00000000-0000-4000-8000-000000000001';
const bob = 'person-00000000-0000-4000-8000-000000000002';
const stamp = stampOf(ann);
const told = (type: string, data: object = {}) =>
  ({ type: `Note${type}`, data: { ...data, ...stamp } }) as unknown as Recorded<NoteEvent> & Delivery<NoteEvent>;
const taken = told('Taken', { title: 'Pay by invoice', owner: ann });

const view = describedView<NoteEvent, Note>('note', (before, { type, data: { title = '', owner = '' } }) => {
  if (type === 'NoteLost') return undefined;
  return type === 'NoteTaken' ? { title, owner, description: 'sealed:v1:x' } : before;
});
const row = describedRow<NoteEvent, Row>('note', (before, { type, data: { title = '', owner = '' } }) => {
  if (type === 'NoteTaken') return { title, owner, labels: [], refs: [], version: 1 };
  return before && { ...before, version: before.version + 1 };
});
const seen = (...events: readonly ReturnType<typeof told>[]) => events.reduce<ReturnType<typeof view>>(view, undefined);
const listed = (...events: readonly ReturnType<typeof told>[]) => events.reduce<Row | undefined>(row, undefined);

const refs = [{ system: 'jira', key: 'SHOP-300', url: 'https://jira.example/SHOP-300' }];
const described = told('DetailsChanged', { title: 'Pay later', owner: bob, labels: ['payments'], externalRefs: refs });
const file = { fileId: 'f1', name: 'Test report', url: 'sealed:v1:y', digest: `sha256:${'a'.repeat(64)}` };

describe('the view of a record', () => {
  test('has nothing of it in the beginning', () =>
    expect(seen(taken)).toEqual({
      title: 'Pay by invoice',
      owner: ann,
      description: 'sealed:v1:x',
      labels: [],
      externalRefs: [],
      comments: [],
      files: [],
    }));
  test('shows the details that were said last, and keeps those that were not said', () => {
    const after = seen(taken, described, told('DetailsChanged', { labels: [] }));
    expect(after).toMatchObject({ title: 'Pay later', owner: bob, labels: [], externalRefs: refs });
    expect(after?.description).toBe('sealed:v1:x');
  });
  test('has no description once it was taken away', () =>
    expect(seen(taken, told('DetailsChanged', { description: null }))?.description).toBeUndefined());
  test('shows comments in their order, with who and when', () => {
    const said = ['c1', 'c2'].map(commentId => told('Commented', { commentId, text: `sealed:v1:${commentId}` }));
    expect(seen(taken, ...said)?.comments).toEqual(
      ['c1', 'c2'].map(id => ({ id, text: `sealed:v1:${id}`, by: ann, at: stamp.occurredAt })),
    );
  });
  test('shows the files that are linked still', () => {
    const linked = [told('FileLinked', file), told('FileLinked', { ...file, fileId: 'f2', mediaType: 'text/plain' })];
    expect(seen(taken, ...linked)?.files.map(({ id, mediaType }) => [id, mediaType])).toEqual([
      ['f1', undefined],
      ['f2', 'text/plain'],
    ]);
    expect(seen(taken, ...linked, told('FileUnlinked', { fileId: 'f1' }))?.files).toMatchObject([{ id: 'f2' }]);
  });
  test('keeps what was said when its own fold goes on', () =>
    expect(seen(taken, described, taken)).toMatchObject({ title: 'Pay by invoice', labels: ['payments'] }));
  test('is none before there is a record, and after its own fold gave it up', () => {
    expect(seen(described)).toBeUndefined();
    expect(seen(taken, described, told('Lost'))).toBeUndefined();
  });
  test('does not hear of another kind of record', () =>
    expect(seen(taken, { ...described, type: 'LetterDetailsChanged' } as never)).toMatchObject({ labels: [] }));
});

describe('the row of a list', () => {
  test('has the details, and the keys of the references', () =>
    expect(listed(taken, described)).toEqual({
      title: 'Pay later',
      owner: bob,
      labels: ['payments'],
      refs: ['SHOP-300'],
      version: 2,
    }));
  test('keeps what was not said', () =>
    expect(listed(taken, described, told('DetailsChanged', { title: 'Pay now' }))).toMatchObject({
      title: 'Pay now',
      labels: ['payments'],
      refs: ['SHOP-300'],
    }));
  test('counts comments and files in its version, and shows none', () =>
    expect(listed(taken, told('Commented', { commentId: 'c1', text: 'x' }), told('FileLinked', file))).toEqual({
      ...listed(taken),
      version: 3,
    }));
  test('gets no column that its list does not have', () => {
    const bare = describedRow<NoteEvent, Omit<Row, 'title' | 'owner'>>(
      'note',
      before => before ?? { labels: [], refs: [], version: 1 },
    );
    expect([taken, described].reduce<ReturnType<typeof bare>>(bare, undefined)).toEqual({
      labels: ['payments'],
      refs: ['SHOP-300'],
      version: 1,
    });
  });
  test('is none before there is a record', () => expect(listed(described)).toBeUndefined());
});
