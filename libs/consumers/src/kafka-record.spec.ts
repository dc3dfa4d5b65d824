import type { KafkaMessage } from 'kafkajs';
import { type KafkaRecord, recordOf } from './kafka-record.ts';
import { runsOf } from './kafka-transport.ts';

const headers = {
  ce_id: 'id-1',
  ce_type: 'dev.slipway.release-scheduled.v1',
  ce_subject: 'release-1',
  ce_time: '2026-03-02T09:00:00.000Z',
  correlationid: 'correlation',
  incarnation: 'incarnation',
  position: '7',
  previous: '4',
  version: '2',
};
const message = (changed: Record<string, string | undefined>, value: string | null = '{"a":1}'): KafkaMessage =>
  ({
    headers: Object.fromEntries(
      Object.entries({ ...headers, ...changed }).flatMap(([name, text]) =>
        text === undefined ? [] : [[name, Buffer.from(text)]],
      ),
    ),
    value: value === null ? null : Buffer.from(value),
  }) as unknown as KafkaMessage;

test('a record of the relay is the event that the log has', () => {
  expect(recordOf(message({ causationid: 'cause', traceparent: 'trace' }))).toEqual({
    incarnation: 'incarnation',
    previous: 4,
    event: {
      type: 'ReleaseScheduled',
      data: { a: 1 },
      id: 'id-1',
      stream: 'release-1',
      version: 2,
      position: 7,
      sequencedAt: '2026-03-02T09:00:00.000Z',
      correlationId: 'correlation',
      causationId: 'cause',
      traceparent: 'trace',
    },
  });
});

test('a type that this build does not know keeps the name that it came with', () => {
  expect(recordOf(message({ ce_type: 'dev.slipway.gadget-made.v1' }))?.event.type).toBe('dev.slipway.gadget-made.v1');
});

test.each(['ce_id', 'ce_type', 'ce_subject', 'incarnation', 'position', 'version', 'previous'])(
  'without %s it is none of the relay’s',
  name => {
    expect(recordOf(message({ [name]: undefined }))).toBeUndefined();
  },
);

test.each(['{', 'null', '1', null])('with %p for data it is none of the relay’s', value => {
  expect(recordOf(message({}, value))).toBeUndefined();
});

describe('what is new after a watermark', () => {
  const record = (previous: number, position: number): KafkaRecord => {
    const made = recordOf(message({ previous: `${previous}`, position: `${position}` }));
    if (!made) throw new Error('no record');
    return made;
  };
  const runs = (watermark: number, ...records: readonly [previous: number, position: number][]) =>
    runsOf(
      records.map(([previous, position]) => record(previous, position)),
      watermark,
    ).map(run => [run.previous, run.events.map(({ position }) => position)]);

  test('is one run when nothing is missing', () => {
    expect(runs(4, [4, 7], [7, 9])).toEqual([[4, [7, 9]]]);
  });
  test('leaves repetitions out, wherever they stand', () => {
    expect(runs(7, [0, 4], [4, 7], [7, 9], [4, 7], [7, 9], [9, 12])).toEqual([[7, [9, 12]]]);
  });
  test('is cut where something is missing', () => {
    expect(runs(4, [6, 7], [7, 9], [11, 12])).toEqual([
      [6, [7, 9]],
      [11, [12]],
    ]);
  });
  test('is nothing when all has been seen', () => {
    expect(runs(9, [4, 7], [7, 9])).toEqual([]);
  });
});
