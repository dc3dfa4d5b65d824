import 'reflect-metadata';
import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { type Delivery, projection } from '@slipway/consumers';
import type { ReleaseEvent } from '@slipway/contracts';
import {
  type Answer,
  Answers,
  type Asked,
  AskedBy,
  type Listing,
  ListQuery,
  Lists,
  Optional,
  Permission,
  type Row,
  Text,
} from '@slipway/edge';
import { type Decider, idOf, type Message, type Process, reject, type Stamped } from '@slipway/event-sourcing';
import type { DataSource } from 'typeorm';
import type { RecordView, ServiceDefinition } from './definition.ts';
import { Service } from './service.ts';
import { type Client, type TestService, testService } from './testing.ts';

type Draft = Message<'DraftRelease', { title: string; description?: string }>;
type Hold = Message<'HoldRelease', { reason: string }>;
type Command = Draft | Hold;
type State = 'none' | 'draft' | 'held';

const decide = (command: Stamped<Command>, state: State) => {
  if (command.type === 'DraftRelease') {
    const facts = { class: 'minor', owner: command.stamp.actor, changeModel: 'normal' } as const;
    return [{ type: 'ReleaseDrafted', data: { ...command.data, ...facts, ...command.stamp } }] as const;
  }
  if (state === 'held') return reject('already-held', 'It is on hold already.');
  return [{ type: 'ReleaseHeld', data: { ...command.data, ...command.stamp } }] as const;
};
const evolve = (_: State, { type }: ReleaseEvent): State => (type === 'ReleaseHeld' ? 'held' : 'draft');
const release: Decider<Command, ReleaseEvent, State, 'already-held'> = { initialState: 'none', decide, evolve };

type Shown = { title: string; description?: string; held: boolean };
const releaseView: RecordView<ReleaseEvent, Shown> = (view, event) => {
  if (event.type !== 'ReleaseDrafted') return view && { ...view, held: true };
  const { title, description } = event.data;
  return { title, held: false, ...(description && { description }) };
};

const releases = projection<ReleaseEvent>({
  consumer: 'planning.releases',
  categories: ['release'],
  tables: ['releases_test'],
  handlers: {
    ReleaseDrafted: async ({ stream, data }, client) => {
      await client.query('INSERT INTO releases_test (id, title) VALUES ($1, $2)', [idOf(stream), data.title]);
    },
  },
});

/** Whoever drafts a release called "risky" finds it held. */
const holdRiskyReleases: Process<ReleaseEvent, Hold, null> = {
  name: 'hold-risky-releases',
  events: ['ReleaseDrafted'],
  instance: ({ stream }) => stream,
  initialState: null,
  evolve: () => null,
  react: ({ type, data, stream }) =>
    type === 'ReleaseDrafted' && data.title === 'risky'
      ? [{ send: { type: 'HoldRelease', data: { reason: 'sealed:v1:' } }, to: stream }]
      : [],
};

class DraftDto {
  @Text(50) readonly title!: string;
  @Text(50) @Optional() readonly description?: string;
}
class HoldDto {
  @Text(50) readonly reason!: string;
}

@Controller('v1/releases')
class Releases {
  constructor(private readonly service: Service) {}

  @Post()
  @Permission('releases:write')
  @Answers(201, DraftDto)
  async draft(@AskedBy() asked: Asked, @Body() { title, description }: DraftDto): Promise<Answer> {
    const stream = asked.newStream('release');
    const sealed = await this.service.seal(stream, description);
    const command = { type: 'DraftRelease', data: { title, ...(sealed && { description: sealed }) } };
    return this.service.carryOut(asked, { stream, command }, releaseView);
  }

  @Post(':id/hold')
  @Permission('releases:write')
  @Answers(200, DraftDto)
  async hold(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: HoldDto): Promise<Answer> {
    const stream = await this.service.streamOf('release', id);
    const reason = await this.service.seal(stream, dto.reason);
    return this.service.carryOut(asked, { stream, command: { type: 'HoldRelease', data: { reason } } }, releaseView);
  }

  @Get(':id')
  @Permission('releases:read')
  async one(@Param('id') id: string): Promise<Answer> {
    return this.service.record(await this.service.streamOf('release', id), releaseView);
  }

  @Get()
  @Permission('releases:read')
  @Lists(DraftDto)
  list(@Query() query: ListQuery): Promise<Listing> {
    return this.service.list('planning.releases', query, page => listed(this.service.dataSource, page));
  }
}

const listed = async (
  source: DataSource,
  { limit, after = [''] }: { limit: number; after?: readonly string[] },
): Promise<Row[]> => {
  const rows = (await source.query('SELECT id, title FROM releases_test WHERE id > $1 ORDER BY id LIMIT $2', [
    after[0],
    limit,
  ])) as {
    id: string;
    title: string;
  }[];
  return rows.map(item => ({ cursor: [item.id], item }));
};

@Module({ controllers: [Releases] })
class PlanningModule {}

const planning: ServiceDefinition = {
  name: 'planning',
  module: PlanningModule,
  deciders: { release },
  entities: [],
  views: [releases],
  processes: [holdRiskyReleases],
  migrations: new URL('../testing/migrations/', import.meta.url),
};

let slipway: TestService;
let rita: Client;

beforeAll(async () => {
  slipway = await testService(planning);
  rita = await slipway.as('rita@example.org', 'release-manager');
});
afterAll(() => slipway.stop());

const drafted = async (title = 'Checkout 2.4') => (await rita.post('/v1/releases', { title }).expect(201)).body;

describe('a command', () => {
  test('answers the record with its number, version, ETag and event', async () => {
    const { body, headers } = await rita
      .post('/v1/releases', { title: 'Checkout 2.4', description: 'for Ann' })
      .expect(201);
    expect(body).toMatchObject({ title: 'Checkout 2.4', description: 'for Ann', held: false, version: 1 });
    expect(body.number).toMatch(/^REL-\d+$/);
    expect(headers).toMatchObject({ etag: '"1"', 'slipway-event': expect.any(String) });
  });

  test('leaves no person and no free text in the log', async () => {
    const { body } = await rita.post('/v1/releases', { title: 'Checkout 2.4', description: 'for Ann' }).expect(201);
    const [event] = await slipway.events(`release-${body.id}`);
    expect(event?.data).toMatchObject({
      actor: expect.stringMatching(/^person-/),
      description: expect.stringMatching(/^sealed:v1:/),
    });
    expect(JSON.stringify(event)).not.toMatch(/rita|Ann/);
  });

  test('is found by number and by id, and is a 404 for a record that is not there', async () => {
    const { id, number } = await drafted();
    await rita.post(`/v1/releases/${number}/hold`, { reason: 'smoke' }).expect(200);
    expect((await rita.get(`/v1/releases/${id}`).expect(200)).body).toMatchObject({
      id,
      number,
      held: true,
      version: 2,
    });
    for (const missing of ['REL-999999', crypto.randomUUID(), 'CHG-1'])
      expect((await rita.post(`/v1/releases/${missing}/hold`, { reason: 'x' }).expect(404)).body.code).toBe(
        'not-found',
      );
  });

  test('a rejection is a 409 with its code and changes nothing', async () => {
    const { id } = await drafted();
    await rita.post(`/v1/releases/${id}/hold`, { reason: 'smoke' }).expect(200);
    expect((await rita.post(`/v1/releases/${id}/hold`, { reason: 'again' }).expect(409)).body).toMatchObject({
      code: 'already-held',
      detail: 'It is on hold already.',
    });
    expect(await slipway.events(`release-${id}`)).toHaveLength(2);
  });

  test('with If-Match of another version is a 412', async () => {
    const { id } = await drafted();
    const { body } = await rita.post(`/v1/releases/${id}/hold`, { reason: 'x' }).set('If-Match', '"7"').expect(412);
    expect(body.code).toBe('stale-version');
  });
});

describe('the same idempotency key', () => {
  test('gives the first answer again, also for two at the same moment, and also after the record moved on', async () => {
    const send = () => rita.post('/v1/releases', { title: 'once' }).set('Idempotency-Key', 'draft-once');
    const [one, two] = await Promise.all([send(), send()]);
    expect(one.body).toEqual(two.body);
    await rita.post(`/v1/releases/${one.body.id}/hold`, { reason: 'later' }).expect(200);
    const again = await send().expect(201).expect('Idempotency-Replayed', 'true');
    expect(again.body).toEqual(one.body);
    expect(await slipway.events(`release-${one.body.id}`)).toHaveLength(2);
  });

  test('with another request is refused', async () => {
    const send = (title: string) => rita.post('/v1/releases', { title }).set('Idempotency-Key', 'draft-two');
    await send('first').expect(201);
    expect((await send('second').expect(422)).body.code).toBe('idempotency-key-reused');
  });
});

test('a list shows an event that it was asked to wait for, with its position, page by page', async () => {
  await drafted('first');
  const { headers } = await rita.post('/v1/releases', { title: 'last' }).expect(201);
  const query = `pageSize=1&afterEvent=${headers['slipway-event']}`;
  const first = await rita.get(`/v1/releases?${query}`).expect(200).expect('Slipway-Position', /^\d+$/);
  const titles = first.body.items.map(({ title }: { title: string }) => title);
  for (let token = first.body.nextPageToken; token;) {
    const { body } = await rita.get(`/v1/releases?pageSize=1&pageToken=${token}`).expect(200);
    titles.push(...body.items.map(({ title }: { title: string }) => title));
    token = body.nextPageToken;
  }
  expect(titles).toEqual(expect.arrayContaining(['first', 'last']));
  expect(first.body.items).toHaveLength(1);
});

test('a process acts under its own name, on behalf of who caused it', async () => {
  const { id } = await drafted('risky');
  await slipway.caughtUp();
  const [first, second] = (await slipway.events(`release-${id}`)) as unknown as [Delivery, Delivery];
  expect(second).toMatchObject({
    type: 'ReleaseHeld',
    causationId: first.id,
    correlationId: first.correlationId,
    data: { actor: 'process-hold-risky-releases', onBehalfOf: (first.data as { actor?: string }).actor },
  });
});

test('an instruction that is rejected is a recorded outcome that operators see', async () => {
  const id = crypto.randomUUID();
  const drafted = { title: 'risky', class: 'minor', owner: 'person-x', changeModel: 'normal' };
  await slipway.append(
    'release',
    id,
    { type: 'ReleaseDrafted', data: drafted },
    { type: 'ReleaseHeld', data: { reason: 'sealed:v1:' } },
  );
  await slipway.caughtUp();
  const ada = await slipway.as('ada@example.org', 'administrator');
  const { body } = await ada.get('/v1/operations/planning/instructions').expect(200);
  expect(body.items).toEqual([
    expect.objectContaining({
      process: 'hold-risky-releases',
      target: `release-${id}`,
      status: 'rejected',
      code: 'already-held',
    }),
  ]);
});

test('health is for everybody: alive, ready, and metrics as text', async () => {
  const anybody = (path: string) => fetch(`${slipway.url}${path}`);
  expect((await anybody('/healthz')).status).toBe(200);
  expect((await anybody('/readyz')).status).toBe(200);
  expect((await anybody('/metrics')).headers.get('content-type')).toMatch(/^text\/plain/);
});

test('operators see what is parked; others are not permitted', async () => {
  const ada = await slipway.as('ada@example.org', 'administrator');
  expect((await ada.get('/v1/operations/planning/parked').expect(200)).body).toEqual({ items: [] });
  await rita.get('/v1/operations/planning/parked').expect(403);
  await ada
    .post('/v1/operations/planning/replay', { consumer: 'planning.nothing', stream: 'release-1', reason: 'no' })
    .expect(404);
  await ada
    .post('/v1/operations/planning/skip', { consumer: 'planning.releases', position: 1, reason: 'no' })
    .expect(404);
});

test('operators see how far every consumer is; a view can be rebuilt, a process cannot', async () => {
  const ada = await slipway.as('ada@example.org', 'administrator');
  const { id } = await drafted('rebuilt');
  await slipway.caughtUp();
  const standings = async () => (await ada.get('/v1/operations/planning/consumers').expect(200)).body.items;
  expect(await standings()).toEqual(
    ['planning.releases', 'planning.processes'].map(consumer =>
      expect.objectContaining({ consumer, transport: 'log', lag: expect.any(Number), parkedStreams: 0, skips: 0 }),
    ),
  );
  const wanted = { consumer: 'planning.releases', reason: 'a title was wrong' };
  await rita.post('/v1/operations/planning/rebuild', wanted).expect(403);
  await ada.post('/v1/operations/planning/rebuild', { ...wanted, consumer: 'planning.processes' }).expect(409);
  await ada.post('/v1/operations/planning/rebuild', { ...wanted, consumer: 'planning.nothing' }).expect(404);
  await ada.post('/v1/operations/planning/rebuild/cancel', wanted).expect(404);
  await ada.post('/v1/operations/planning/rebuild', { consumer: 'planning.releases' }).expect(400);
  await ada.post('/v1/operations/planning/rebuild', wanted).expect(202);
  for (let status = ''; status !== 'done'; status = (await standings())[0].rebuild.status)
    expect(status).not.toBe('failed');
  expect((await standings())[0].rebuild).toMatchObject({
    actor: expect.stringMatching(/^person-/),
    reason: 'a title was wrong',
    position: expect.any(Number),
  });
  const { body } = await rita.get('/v1/releases?pageSize=200').expect(200);
  expect(body.items.map(({ id: shown }: { id: string }) => shown)).toContain(id);
});
