import { credentials, loadPackageDefinition, Metadata, type ClientReadableStream } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { type auditV1, protoDirectory } from '@slipway/contracts';
import { type Client, testService, type TestService } from '@slipway/service/testing';
import { once } from 'node:events';
import { audit } from '../module.ts';

type Stub = Readonly<{
  Follow: (request: object, metadata: Metadata) => ClientReadableStream<auditV1.FollowResponse>;
  close: () => void;
}>;

let slipway: TestService;
let itsm: Client;
let stub: Stub;

beforeAll(async () => {
  slipway = await testService(audit);
  itsm = await slipway.as('itsm', 'integration');
  const definition = loadSync('slipway/audit/v1/events.proto', { includeDirs: [protoDirectory], longs: Number });
  const { slipway: packages } = loadPackageDefinition(definition) as never as {
    slipway: { audit: { v1: { EventsService: new (address: string, by: object) => Stub } } };
  };
  stub = new packages.audit.v1.EventsService(slipway.grpcAddress, credentials.createInsecure());
});
afterAll(async () => {
  stub.close();
  await slipway.stop();
});

/** An event of the stream in CloudEvents' JSON format. */
const inJson = ({
  time,
  position,
  version,
  correlationId,
  causationId,
  traceparent,
  data,
  dataSchema,
  ...event
}: auditV1.Event) => ({
  specversion: '1.0',
  ...event,
  time: new Date(Number(time?.seconds) * 1_000 + (time?.nanos ?? 0) / 1e6).toISOString(),
  datacontenttype: 'application/json',
  dataschema: dataSchema,
  position: String(position),
  version: String(version),
  correlationid: correlationId,
  ...(causationId && { causationid: causationId }),
  ...(traceparent && { traceparent }),
  data: JSON.parse(data) as unknown,
});

const held = { type: 'ReleaseHeld', data: { reason: 'sealed:v1:x' } };
const resumed = { type: 'ReleaseResumed', data: {} };
const page = async (query: string) => (await itsm.get(`/v1/events?${query}`).expect(200)).body;

test('other systems read every event once, in one order, and go on where they were', async () => {
  const { after: before } = await page('pageSize=1000');
  await slipway.append('release', 'r1', held, resumed);
  await slipway.append('release', 'r2', held);
  await slipway.caughtUp();
  const first = await page(`after=${before}&pageSize=2`);
  expect(first.items).toMatchObject([
    {
      specversion: '1.0',
      type: 'dev.slipway.release-held.v1',
      source: '/slipway/planning',
      subject: 'release-r1',
      position: String(before + 1),
      version: '1',
      data: { reason: 'sealed:v1:x' },
    },
    { type: 'dev.slipway.release-resumed.v1', position: String(before + 2), version: '2' },
  ]);
  const second = await page(`after=${first.after}`);
  expect(second.items).toMatchObject([{ subject: 'release-r2', position: String(before + 3) }]);
  expect(await page(`after=${second.after}`)).toMatchObject({ items: [], after: second.after });
});

test('they name the types, or the record, that they want', async () => {
  await slipway.append('release', 'r3', held, resumed);
  await slipway.caughtUp();
  const types = (await page('types=ReleaseResumed&pageSize=1000')).items.map(({ type }: { type: string }) => type);
  expect(new Set(types)).toEqual(new Set(['dev.slipway.release-resumed.v1']));
  expect((await page('subject=release-r3')).items).toHaveLength(2);
  const { body } = await itsm.get('/v1/events?types=ReleaseExploded').expect(400);
  expect(body).toMatchObject({ code: 'invalid-fields', errors: [{ pointer: '/types' }] });
});

test('they wait for what is not there yet', async () => {
  const { after } = await page('pageSize=1000');
  const waiting = page(`after=${after}&waitSeconds=20`);
  await slipway.append('release', 'r4', held);
  expect((await waiting).items).toMatchObject([{ subject: 'release-r4' }]);
});

test('a stream brings what is there and what comes, until the caller goes', async () => {
  const { after } = await page('pageSize=1000');
  await slipway.append('release', 'r5', held);
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${itsm.token}`);
  const stream = stub.Follow({ afterPosition: after, types: ['ReleaseHeld', 'ReleaseResumed'] }, metadata);
  const next = async (): Promise<auditV1.Event | undefined> =>
    ((await once(stream, 'data')) as [auditV1.FollowResponse])[0].event;
  expect(await next()).toMatchObject({ type: 'dev.slipway.release-held.v1', subject: 'release-r5' });
  await slipway.append('release', 'r5', resumed);
  expect(await next()).toMatchObject({
    type: 'dev.slipway.release-resumed.v1',
    version: 2,
    data: expect.stringContaining('recordedAt'),
  });
  stream.on('error', () => undefined);
  stream.cancel();
});

test('the stream gives the same events as the pages, from any position on, whichever the size of a page', async () => {
  await slipway.append('release', 'r6', held, resumed, held);
  await slipway.append('change', 'c6', { type: 'ChangeCanceled', data: { reason: 'sealed:v1:x' } });
  await slipway.caughtUp();
  const { items: all } = await page('pageSize=1000');
  const byPages: unknown[] = [];
  for (let after = 0, more = true; more;) {
    const next = await page(`after=${after}&pageSize=2`);
    byPages.push(...next.items);
    more = next.items.length > 0;
    after = next.after;
  }
  expect(byPages).toEqual(all);
  for (const from of [0, 1, all.length - 1]) {
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${itsm.token}`);
    const stream = stub.Follow({ afterPosition: from }, metadata);
    const streamed: unknown[] = [];
    for await (const { event } of stream as AsyncIterable<auditV1.FollowResponse>) {
      streamed.push(inJson(event as auditV1.Event));
      if (streamed.length === all.length - from) break;
    }
    expect(streamed).toEqual(all.slice(from));
  }
});

test.each([
  'after=-1',
  'after=1e400',
  'pageSize=0',
  'pageSize=1001',
  'waitSeconds=31',
  'subject=release',
  'types=',
  'types=releaseHeld',
  'until=3',
  'after=1&after=2',
])('%s is refused with the field', async query => {
  const { body } = await itsm.get(`/v1/events?${query}`).expect(400);
  const [field] = query.split('=');
  expect(body.code).toBe('invalid-fields');
  expect(body.errors).toContainEqual(expect.objectContaining({ pointer: `/${field}` }));
});

test('a position beyond the end, and a record that is not there, have no events', async () => {
  expect(await page(`after=${10 ** 14}`)).toEqual({ items: [], after: 10 ** 14 });
  expect((await page('subject=release-nobody')).items).toEqual([]);
  expect((await page('subject=gadget-1')).items).toEqual([]);
});

test('a stream is for who may read events', async () => {
  const stream = stub.Follow({}, new Metadata());
  const [error] = (await once(stream, 'error')) as [{ code: number }];
  expect(error.code).toBe(16);
});
