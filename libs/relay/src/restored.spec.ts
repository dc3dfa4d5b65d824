import fc from 'fast-check';
import { envelopeIn, type LogRow, recordOf } from './record.ts';
import { restored, sameRow } from './restored.ts';

const name = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const text = fc.string({ unit: 'grapheme', maxLength: 40 });

const envelope = fc
  .record(
    {
      correlationId: fc.oneof(name, text),
      causationId: fc.uuid(),
      traceparent: fc.tuple(hex(32), hex(16)).map(([trace, span]) => `00-${trace}-${span}-01`),
      key: hex(64),
      request: hex(64),
      later: text,
    },
    { requiredKeys: [] },
  )
  .chain(all => fc.shuffledSubarray(Object.entries(all), { minLength: 0 }).map(Object.fromEntries))
  .chain(all => fc.constantFrom(JSON.stringify(all), JSON.stringify(all, undefined, 1)));

const rows: fc.Arbitrary<LogRow> = fc.record(
  {
    position: fc.integer({ min: 1, max: 2 ** 40 }),
    sequencedAt: fc
      .date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map(date => date.toISOString()),
    stream: name.map(id => `release-${id}`),
    version: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    id: fc.uuid(),
    type: fc.oneof(
      fc.constantFrom('ReleaseScheduled', 'ReleaseScheduledV2', 'SLAMissed', 'AV1', 'A1b2C3', 'V2', 'Ab'),
      fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,20}$/),
    ),
    data: fc.oneof(
      fc.json(),
      fc.json({ stringUnit: 'grapheme' }).map(json => ` ${json}\n`),
    ),
    envelope,
    number: fc.nat().map(nth => `REL-${nth}`),
  },
  { requiredKeys: ['position', 'sequencedAt', 'stream', 'version', 'id', 'type', 'data', 'envelope'] },
);

/** As kafkajs hands it over: bytes. */
const received = ({ value, headers }: ReturnType<typeof recordOf>) => ({
  value: Buffer.from(value as string),
  headers: Object.fromEntries(Object.entries(headers).map(([header, of]) => [header, Buffer.from(of)])),
});

test('a record brings back the row that it was made of, byte for byte', () => {
  fc.assert(
    fc.property(rows, fc.nat(), (row, previous) => {
      const record = recordOf(row, 0, { incarnation: 'log', previous, context: 'planning' });
      expect(restored(received(record))).toEqual({ row, incarnation: 'log', previous });
    }),
    { numRuns: 1_000 },
  );
});

const plain: LogRow = {
  position: 7,
  sequencedAt: '2026-03-02T09:00:00.000Z',
  stream: 'release-1',
  version: 1,
  id: '0198c1a0-2000-7000-8000-000000000001',
  type: 'ReleaseScheduled',
  data: '{}',
  envelope: '{"correlationId":"c","causationId":"e"}',
};
const sent = (row: LogRow) => recordOf(row, 0, { incarnation: 'log', previous: 0, context: 'planning' });

test('what the other headers say is not said again', () => {
  expect(Object.keys(sent(plain).headers)).not.toEqual(expect.arrayContaining(['envelope', 'type', 'number']));
  expect(envelopeIn(sent(plain).headers)).toBe(plain.envelope);
  const keyed = { ...plain, envelope: '{"correlationId":"c","key":"k"}', type: 'SLAMissed', number: 'REL-1' };
  expect(sent(keyed).headers).toMatchObject({ envelope: keyed.envelope, type: 'SLAMissed', number: 'REL-1' });
});

test.each(['ce_id', 'ce_subject', 'ce_type', 'ce_time', 'incarnation', 'position', 'previous', 'version'])(
  'without %s it is none of ours',
  header => {
    const { value, headers } = received(sent(plain));
    expect(restored({ value, headers: { ...headers, [header]: undefined } })).toBeUndefined();
  },
);

test('rows differ by any byte, and by a number that both have', () => {
  expect(sameRow(plain, { ...plain })).toBe(true);
  expect(sameRow(plain, { ...plain, number: 'REL-1' })).toBe(true);
  expect(sameRow({ ...plain, number: 'REL-2' }, { ...plain, number: 'REL-1' })).toBe(false);
  for (const change of [{ data: '{ }' }, { envelope: '{}' }, { sequencedAt: '2026-03-02T09:00:00.001Z' }, { id: 'x' }])
    expect(sameRow(plain, { ...plain, ...change })).toBe(false);
});
