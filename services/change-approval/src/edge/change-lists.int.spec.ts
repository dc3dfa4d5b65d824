import 'reflect-metadata';
import type { Client } from '@slipway/service/testing';
import { CHECKOUT, digest, type Fixture, startFixture, windowAround } from './fixture.ts';

let fixture: Fixture;
let people: Readonly<Record<'rita' | 'ann' | 'bob' | 'dana' | 'tom' | 'sam' | 'eve', Client>>;

beforeAll(async () => {
  fixture = await startFixture();
  const approver = (name: string, given = {}) => fixture.person(name, ['change-approver'], given);
  people = {
    rita: await fixture.person('rita', ['release-manager', 'change-approver']),
    ann: await approver('ann'),
    bob: await approver('bob'),
    dana: await approver('dana', { alsoKnownAs: ['github:dana'] }),
    tom: await approver('tom', { services: [CHECKOUT] }),
    sam: await approver('sam', { services: ['another'] }),
    eve: await fixture.slipway.as('eve@example.org', 'change-approver'),
  };
});
afterAll(() => fixture.stop());

type Body = Readonly<{ id: string; contentDigest: string; title: string }>;

const raised = async (changes: object = {}) => {
  const content = {
    window: windowAround(),
    targets: [{ service: 'checkout', environment: 'production' }],
    rollbackPlan: digest('f'),
    backoutMinutes: 15,
    commitAuthors: ['github:dana'],
  };
  const { body, headers } = await people.rita
    .post('/v1/changes', { title: 'Open port 443', model: 'normal', content, ...changes })
    .expect(201);
  return { ...(body as Body), event: headers['slipway-event'] as string };
};
const listed = async (who: Client, query: object): Promise<readonly Body[]> =>
  (
    await who
      .get('/v1/changes')
      .query({ pageSize: 200, ...query })
      .expect(200)
  ).body.items;
const approve = (who: Client, { id, contentDigest }: Body) => who.post(`/v1/changes/${id}/approve`, { contentDigest });

describe('the inbox of an approver', () => {
  test('has what he could approve, and nothing else', async () => {
    const change = await raised();
    const found = async (who: Client) =>
      (await listed(who, { awaiting: 'me', afterEvent: change.event })).some(({ id }) => id === change.id);
    const { ann, tom, ...others } = people;
    for (const who of [ann, tom]) expect(await found(who)).toBe(true);
    for (const who of [others.rita, others.dana, others.sam, others.eve]) {
      expect(await found(who)).toBe(false);
      // Refused by the same rules.
      expect((await approve(who, change).expect(409)).body.code).toMatch(/^(approver-|role-)/);
    }
  });

  test('loses what he approved, and has it again when that is void', async () => {
    const change = await raised();
    const inboxOf = async (who: Client, event: string) =>
      (await listed(who, { awaiting: 'me', afterEvent: event })).find(({ id }) => id === change.id);
    const approved = await approve(people.ann, change).expect(200);
    const first = approved.headers['slipway-event'] as string;
    expect(await inboxOf(people.ann, first)).toBeUndefined();
    expect(await inboxOf(people.bob, first)).toMatchObject({
      openSlots: [{ slot: 'change-approvers', role: 'change-approver', missing: 1 }],
    });
    const plan = { kind: 'implementation', steps: 'Open it' };
    const planned = await people.rita.post(`/v1/changes/${change.id}/plan`, plan).expect(200);
    expect(await inboxOf(people.ann, planned.headers['slipway-event'] as string)).toMatchObject({
      openSlots: [{ missing: 2 }],
    });
    for (const who of [people.ann, people.bob]) await approve(who, planned.body).expect(200);
    const { headers } = await people.rita.post(`/v1/changes/${change.id}/hold`, { reason: 'Wait' }).expect(200);
    expect(await inboxOf(people.tom, headers['slipway-event'] as string)).toBeUndefined();
    expect(await listed(people.rita, { q: change.title, onHold: true })).toMatchObject([
      { id: change.id, state: 'Scheduled', openSlots: [] },
    ]);
  });
});

describe('lists and counts', () => {
  test('are narrowed by the team that owns a service, by label and by reference', async () => {
    const { id } = await raised({ title: 'Rename the basket', model: 'emergency' });
    const externalRefs = [{ system: 'jira', key: 'SHOP-77' }];
    const { headers } = await people.rita.patch(`/v1/changes/${id}`, { labels: ['q3'], externalRefs }).expect(200);
    const afterEvent = headers['slipway-event'];
    for (const filter of [{ team: 'shop' }, { label: 'q3' }, { ref: 'SHOP-77' }, { environment: 'production' }])
      expect(await listed(people.rita, { afterEvent, q: 'basket', ...filter })).toMatchObject([{ id }]);
    for (const filter of [{ team: 'nobody' }, { label: 'q4' }, { ref: 'SHOP-7' }, { environment: 'staging' }])
      expect(await listed(people.rita, { q: 'basket', ...filter })).toEqual([]);
  });

  test('count what the list shows', async () => {
    const word = 'cartography';
    const [first] = [await raised({ title: `A ${word}` }), await raised({ title: `B ${word}`, model: 'emergency' })];
    const { headers } = await people.rita.post(`/v1/changes/${first.id}/cancel`, { reason: 'No need' }).expect(200);
    const counted = await people.rita
      .get('/v1/changes/counts')
      .query({ q: word, afterEvent: headers['slipway-event'] })
      .expect(200);
    expect(counted.body).toEqual({
      total: 2,
      byState: { Canceled: 1, Authorize: 1 },
      byModel: { normal: 1, emergency: 1 },
      byOnHold: { false: 2 },
    });
    expect(Number(counted.headers['slipway-position'])).toBeGreaterThan(0);
    const none = { total: 0, byState: {}, byModel: {}, byOnHold: {} };
    expect((await people.rita.get('/v1/changes/counts?q=nothing-like-it').expect(200)).body).toEqual(none);
  });

  test.each([['team=%00'], ['label=a%00b'], ['q=%00'], ['ref=%00']])('take no %s', async query => {
    for (const path of ['/v1/changes', '/v1/changes/counts'])
      expect((await people.rita.get(`${path}?${query}`).expect(400)).body.code).toEqual(expect.any(String));
  });

  test.each([['awaiting=you'], ['pageSize=3'], ['color=red']])('do not count by %s', async query => {
    expect((await people.rita.get(`/v1/changes/counts?${query}`).expect(400)).body.code).toBe('invalid-fields');
  });
});
