import type { RecordFact } from '@slipway/contracts';
import { type Decider, isRejection, type Message, specification, type Stamp, stampOf } from '@slipway/event-sourcing';
import fc from 'fast-check';
import { MOST_FILES, type RecordCommand, type RecordEvent, withDetails } from './details.ts';

type NoteEvent = Message<'NoteTaken', Stamp & Readonly<{ title: string; owner: string }>>;
type TakeNote = Message<'TakeNote', Readonly<{ title: string; owner: string }>>;

const stamp = stampOf('person-00000000-0000-4000-8000-000000000001');
const owner = 'person-00000000-0000-4000-8000-000000000002';

const note: Decider<TakeNote, NoteEvent, boolean> = {
  initialState: false,
  decide: ({ data, stamp: by }, isTaken) => (isTaken ? [] : [{ type: 'NoteTaken', data: { ...data, ...by } }]),
  evolve: () => true,
};
const described = withDetails('note', note);
const given = specification(described);

const taken: NoteEvent = { type: 'NoteTaken', data: { ...stamp, title: 'Pay by invoice', owner } };
const asking = <Command extends RecordCommand | TakeNote>(command: Command) => ({ ...command, stamp });
const told = <Fact extends RecordFact>({ type, data }: Fact): RecordEvent => ({
  type: `Note${type}`,
  data: { ...data, ...stamp },
});

const ref = { system: 'jira', key: 'SHOP-300' };
const file = {
  fileId: 'f1',
  name: 'Test report',
  url: 'sealed:v1:x',
  digest: `sha256:${'a'.repeat(64)}`,
} as const;

describe('a record', () => {
  test('decides on its own commands as before', () => {
    const command = asking({ type: 'TakeNote', data: { title: 'Pay by invoice', owner } } as const);
    expect(given().when(command)).toEqual([taken]);
    expect(given(taken).when(command)).toEqual([]);
    expect(
      given(taken, told({ type: 'Commented', data: { commentId: 'c1', text: 'sealed:v1:x' } })).when(command),
    ).toEqual([]);
  });

  test('tells only what is another than before, under its own name', () => {
    const data = { title: 'Pay by invoice', owner, labels: ['payments', 'hotfix', 'payments'] };
    expect(given(taken).when(asking({ type: 'ChangeDetails', data }))).toEqual([
      told({ type: 'DetailsChanged', data: { labels: ['hotfix', 'payments'] } }),
    ]);
  });

  test('has nothing to tell when nothing is another', () => {
    const before = told({ type: 'DetailsChanged', data: { labels: ['hotfix'], externalRefs: [ref] } });
    const data = { title: 'Pay by invoice', labels: ['hotfix'], externalRefs: [{ key: 'SHOP-300', system: 'jira' }] };
    expect(given(taken, before).when(asking({ type: 'ChangeDetails', data }))).toEqual([]);
    expect(given(taken).when(asking({ type: 'ChangeDetails', data: { description: null } }))).toEqual([]);
  });

  test('loses a description that it had, and only then', () => {
    const before = told({ type: 'DetailsChanged', data: { description: 'sealed:v1:x' } });
    const taking = asking({ type: 'ChangeDetails', data: { description: null } } as const);
    expect(given(taken, before).when(taking)).toEqual([told({ type: 'DetailsChanged', data: { description: null } })]);
    expect(given(taken, before, told({ type: 'DetailsChanged', data: { description: null } })).when(taking)).toEqual(
      [],
    );
  });

  test('names an external reference once', () => {
    const data = { externalRefs: [ref, { ...ref, url: 'https://jira.example/browse/SHOP-300' }] };
    expect(given(taken).when(asking({ type: 'ChangeDetails', data }))).toMatchObject({
      rejected: 'duplicate-reference',
    });
  });

  test('links a file once, and unlinks what is linked', () => {
    const linked = told({ type: 'FileLinked', data: file });
    const unlinking = asking({ type: 'UnlinkFile', data: { fileId: 'f1' } } as const);
    expect(given(taken).when(asking({ type: 'LinkFile', data: file }))).toEqual([linked]);
    expect(given(taken, linked).when(asking({ type: 'LinkFile', data: file }))).toEqual([]);
    expect(given(taken, linked).when(unlinking)).toEqual([told({ type: 'FileUnlinked', data: { fileId: 'f1' } })]);
    expect(given(taken).when(unlinking)).toMatchObject({ rejected: 'no-such-file' });
  });

  test('has a bounded number of files', () => {
    const linked = Array.from({ length: MOST_FILES }, (_, nth) =>
      told({ type: 'FileLinked', data: { ...file, fileId: `f${nth}` } }),
    );
    const another = asking({ type: 'LinkFile', data: { ...file, fileId: 'another' } });
    expect(given(taken, ...linked).when(another)).toMatchObject({ rejected: 'too-many-files' });
  });
});

describe('a record that is stated anew', () => {
  type Stated = Message<'NoteStated', Stamp & Readonly<{ title: string }>>;
  type State = Message<'State', Readonly<{ title: string }>>;
  const restating = withDetails(
    'note',
    {
      initialState: '',
      decide: ({ data, stamp: by }: State & { stamp: Stamp }, title: string) =>
        data.title === title ? [] : [{ type: 'NoteStated' as const, data: { ...data, ...by } }],
      evolve: (_title: string, { data }: Stated) => data.title,
    },
    {
      restatedBy: ['NoteStated'],
      told: (title, { type, data: said }) => (type === 'DetailsChanged' ? (said.title ?? title) : title),
    },
  );
  const of = specification(restating);
  const stated = (title: string): Stated => ({ type: 'NoteStated', data: { title, ...stamp } });
  const retitled = (title: string) => told({ type: 'DetailsChanged', data: { title } });
  const stating = (title: string) => asking({ type: 'State', data: { title } } as State as never);
  const retitling = (title: string) => asking({ type: 'ChangeDetails', data: { title } } as const);

  test('has one title, whichever way it was said last', () => {
    expect(of(stated('a'), retitled('b')).when(stating('b'))).toEqual([]);
    expect(of(stated('a'), retitled('b')).when(stating('a'))).toEqual([stated('a')]);
    expect(of(stated('a'), retitled('b'), stated('a')).when(retitling('a'))).toEqual([]);
    expect(of(stated('a'), retitled('b'), stated('a')).when(retitling('b'))).toEqual([retitled('b')]);
  });

  test('keeps its labels', () => {
    const labeled = told({ type: 'DetailsChanged', data: { labels: ['x'] } });
    const again = asking({ type: 'ChangeDetails', data: { labels: ['x'] } } as const);
    expect(of(stated('a'), labeled, stated('b')).when(again)).toEqual([]);
  });
});

test('the same details twice are told once, whatever they are', () => {
  const details = fc.record(
    {
      title: fc.string({ minLength: 1, maxLength: 20 }),
      owner: fc.constantFrom(owner, stamp.actor),
      labels: fc.array(fc.constantFrom('hotfix', 'payments', 'q3', 'team:web'), { maxLength: 6 }),
      externalRefs: fc.uniqueArray(
        fc.record({ system: fc.constantFrom('jira', 'github'), key: fc.constantFrom('1', '2', '3') }),
        {
          selector: ({ system, key }) => `${system} ${key}`,
        },
      ),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(details, { maxLength: 4 }), details, (before, data) => {
      const history = before.reduce<(NoteEvent | RecordEvent)[]>(
        (events, earlier) => {
          const decided = given(...events).when(asking({ type: 'ChangeDetails', data: earlier }));
          return isRejection(decided) ? events : [...events, ...decided];
        },
        [taken],
      );
      const once = given(...history).when(asking({ type: 'ChangeDetails', data }));
      if (isRejection(once)) throw new Error(once.rejected);
      expect(given(...history, ...once).when(asking({ type: 'ChangeDetails', data }))).toEqual([]);
    }),
  );
});
