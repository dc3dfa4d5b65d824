import { Readable } from 'node:stream';
import { eventsIn, type ServerSentEvent } from './event-stream.ts';

const read = async (...chunks: readonly string[]): Promise<readonly ServerSentEvent[]> => {
  const events: ServerSentEvent[] = [];
  for await (const event of eventsIn(Readable.from(chunks) as AsyncIterable<string>)) events.push(event);
  return events;
};

test('server-sent events are read as they come, in whatever pieces', async () => {
  const text = 'retry: 2000\n\nid: 1\nevent: deployment\ndata: {"a":1}\n\nid: 2\n\n: warm\n\ndata: x\ndata:y\n\nid: 3';
  const expected = [{}, { id: '1', event: 'deployment', data: '{"a":1}' }, { id: '2' }, {}, { data: 'x\ny' }];
  expect(await read(text)).toEqual(expected);
  expect(await read(...text.split(''))).toEqual(expected);
  expect(await read('id: 1\r\ndata: z\r\n\r\n')).toEqual([{ id: '1', data: 'z' }]);
});
