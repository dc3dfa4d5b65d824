import { batchOf } from './batch.ts';
import { type LogRow, sizeOf } from './record.ts';

const row = (position: number, stream: string, data = '{"a":1}'): LogRow => ({
  position,
  stream,
  version: 1,
  id: `id-${position}`,
  type: 'ReleaseScheduled',
  data,
  sequencedAt: '2026-03-02T09:00:00.000Z',
  envelope: '{"correlationId":"correlation","causationId":"cause","traceparent":"00-trace"}',
});

const target = (lasts: readonly [string, number][] = [], maxPartitionBytes = 900_000) => ({
  prefix: 'slipway',
  incarnation: 'incarnation',
  partitions: new Map([
    ['slipway.releases', 1],
    ['slipway.changes', 1],
  ]),
  lasts: new Map(lasts),
  maxPartitionBytes,
});

test('a record is a CloudEvent in binary mode, with the bytes that are stored', () => {
  const data = '{"b": 1,\n "a":  2}';
  const { topicMessages } = batchOf([row(7, 'release-1', data)], target([['slipway.releases/0', 4]]));
  expect(topicMessages).toEqual([
    {
      topic: 'slipway.releases',
      messages: [
        {
          key: 'release-1',
          value: data,
          partition: 0,
          headers: {
            'content-type': 'application/json',
            ce_specversion: '1.0',
            ce_id: 'id-7',
            ce_source: '/slipway/planning',
            ce_type: 'dev.slipway.release-scheduled.v1',
            ce_subject: 'release-1',
            ce_time: '2026-03-02T09:00:00.000Z',
            ce_dataschema: 'urn:slipway:schema:dev.slipway.release-scheduled.v1',
            correlationid: 'correlation',
            causationid: 'cause',
            traceparent: '00-trace',
            incarnation: 'incarnation',
            position: '7',
            previous: '4',
            version: '1',
          },
        },
      ],
    },
  ]);
});

test('each partition has a chain of its own', () => {
  const batch = batchOf([row(1, 'release-1'), row(2, 'change-1'), row(3, 'release-2'), row(4, 'change-2')], target());
  const chain = batch.topicMessages.map(({ messages }) =>
    messages.map(({ headers }) => [headers?.['previous'], headers?.['position']]),
  );
  expect(chain).toEqual([
    [
      ['0', '1'],
      ['1', '3'],
    ],
    [
      ['0', '2'],
      ['2', '4'],
    ],
  ]);
  expect(batch).toMatchObject({ through: 4, records: 4 });
  expect([...batch.firsts]).toEqual([
    ['slipway.releases/0', 1],
    ['slipway.changes/0', 2],
  ]);
  expect([...batch.lasts]).toEqual([
    ['slipway.releases/0', 3],
    ['slipway.changes/0', 4],
  ]);
});

test('what Kafka has already is passed', () => {
  const batch = batchOf(
    [row(5, 'release-1'), row(6, 'release-1'), row(7, 'release-1')],
    target([['slipway.releases/0', 6]]),
  );
  expect(batch).toMatchObject({ through: 7, records: 1 });
  expect(batch.topicMessages[0]?.messages.map(({ headers }) => headers?.['previous'])).toEqual(['6']);
});

test('a send ends before a partition has too many bytes, and takes one record whatever its size', () => {
  const rows = [row(1, 'release-1'), row(2, 'release-1'), row(3, 'release-1')];
  const [first] = batchOf(rows, target()).topicMessages[0]?.messages ?? [];
  const size = sizeOf(first ?? { value: null });
  expect(batchOf(rows, target([], size * 2 + 1))).toMatchObject({ through: 2, records: 2 });
  expect(batchOf(rows, target([], 1))).toMatchObject({ through: 1, records: 1 });
});

test('a send ends before it has too many bytes in all', () => {
  const rows = [row(1, 'release-1'), row(2, 'change-1'), row(3, 'release-1')];
  const [first] = batchOf(rows, target()).topicMessages[0]?.messages ?? [];
  const maxSendBytes = sizeOf(first ?? { value: null }) * 2.5;
  expect(batchOf(rows, { ...target(), maxSendBytes })).toMatchObject({ through: 2, records: 2 });
});

test('a category that no topic is for stops it', () => {
  expect(() => batchOf([row(1, 'gadget-1')], target())).toThrow('no stream category gadget');
});
