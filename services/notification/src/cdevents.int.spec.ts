import { connectKafka } from '@slipway/consumers';
import { categoryOf, idOf } from '@slipway/event-sourcing';
import { createTopics, feedsOf } from '@slipway/relay';
import { testService, type TestService } from '@slipway/service/testing';
import { randomUUID } from 'node:crypto';
import type { CdEvent } from './cdevents/cdevent.ts';
import { FACTS } from './cdevents/example-log.ts';
import { publishingNotification } from './module.ts';

const brokers = process.env['KAFKA_BROKERS']?.split(',');
const withKafka = brokers ? describe : describe.skip;
const prefix = `test-${randomUUID()}`;
const topic = `${prefix}.cdevents`;
const TOLD = 11;
let slipway: TestService;

beforeAll(async () => {
  process.env['TOPIC_PREFIX'] = prefix;
  if (brokers)
    await createTopics(connectKafka('test', brokers), {
      prefix,
      partitions: 1,
      replication: 1,
      topics: feedsOf(prefix),
    });
  slipway = await testService(publishingNotification);
  for (const [stream, type, data] of FACTS) await slipway.append(categoryOf(stream), idOf(stream), { type, data });
  await slipway.caughtUp();
}, 60_000);
afterAll(async () => {
  await slipway.stop();
  delete process.env['TOPIC_PREFIX'];
});

type Feed = Readonly<{ items: readonly CdEvent[]; after: number }>;

const feed = async (query = ''): Promise<Feed> => {
  const viewer = await slipway.as('vic@example.org', 'viewer');
  return (await viewer.get(`/v1/cdevents${query}`).expect(200)).body as Feed;
};

test('the feed has what happened, page by page, and goes on where it ended', async () => {
  const all = await feed();
  expect(all.items).toHaveLength(TOLD);
  const first = await feed('?pageSize=4');
  const rest = await feed(`?after=${first.after}&pageSize=1000`);
  expect([...first.items, ...rest.items]).toEqual(all.items);
  expect(await feed(`?after=${rest.after}`)).toEqual({ items: [], after: rest.after });
});

withKafka('on Kafka', () => {
  test('the topic has the same, as CloudEvents in binary mode', async () => {
    const consumer = connectKafka('test', brokers ?? []).consumer({ groupId: prefix });
    const heard: { value: CdEvent; headers: Record<string, string>; key: string }[] = [];
    const all = Promise.withResolvers<void>();
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message: { key, value, headers = {} } }) => {
        const texts = Object.entries(headers).map(([name, text]) => [name, String(text)] as const);
        const body = JSON.parse(String(value)) as CdEvent;
        heard.push({ key: String(key), value: body, headers: Object.fromEntries(texts) });
        if (heard.length >= TOLD) all.resolve();
        return Promise.resolve();
      },
    });
    await all.promise;
    await consumer.disconnect();
    const { items } = await feed();
    expect(heard.map(({ value }) => value)).toEqual(items);
    for (const { headers, value, key } of heard) {
      expect(key).toBe(value.subject.id);
      expect(headers).toEqual({
        'content-type': 'application/json',
        ce_specversion: '1.0',
        ce_id: value.context.id,
        ce_source: value.context.source,
        ce_type: value.context.type,
        ce_subject: value.subject.id,
        ce_time: value.context.timestamp,
      });
    }
  });
});

test('filled anew, the feed is the same', async () => {
  const before = await feed();
  const ada = await slipway.as('ada@example.org', 'administrator');
  const body = { consumer: 'notification.cdevents', reason: 'to see' };
  await ada.post('/v1/operations/notification/rebuild', body).expect(202);
  const consumers = async () =>
    (await ada.get('/v1/operations/notification/consumers').expect(200)).body.items as readonly Readonly<{
      consumer: string;
      rebuild: Readonly<{ status: string }> | null;
    }>[];
  const deadline = performance.now() + 20_000;
  for (let status = ''; status !== 'done';) {
    status = (await consumers()).find(({ consumer }) => consumer === body.consumer)?.rebuild?.status ?? '';
    if (performance.now() > deadline) throw new Error(`the rebuild is ${status}`);
  }
  expect(await feed()).toEqual(before);
});
