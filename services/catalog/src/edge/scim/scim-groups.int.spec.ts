import { type Client, type TestService, testService } from '@slipway/service/testing';
import { catalog } from '../../module.ts';
import { GROUP, LONG, operations, providerOf } from './provider.example.ts';

let slipway: TestService;
let admin: Client;
let scim: ReturnType<typeof providerOf>['scim'];
let registered: ReturnType<typeof providerOf>['registered'];

beforeAll(async () => {
  slipway = await testService(catalog);
  admin = await slipway.as('admin@example.org', 'administrator');
  ({ scim, registered } = providerOf(slipway, admin));
});
afterAll(() => slipway.stop());

describe('a group', () => {
  const groupOf = async (displayName: string, ...members: readonly { id: string }[]) =>
    (
      await scim('post', 'Groups', {
        schemas: [GROUP],
        displayName,
        members: members.map(({ id }) => ({ value: id })),
      }).expect(201)
    ).body;

  test('is a team, with the members that are users', async () => {
    const jo = await registered('jo@example.org', { displayName: 'Jo' });
    const group = await groupOf('Payments & Billing', jo);
    expect(group).toMatchObject({
      schemas: [GROUP],
      displayName: 'Payments & Billing',
      members: [{ value: jo.id, display: 'Jo', type: 'User', $ref: `/v1/scim/v2/Users/${jo.id}` }],
      meta: { resourceType: 'Group', location: `/v1/scim/v2/Groups/${group.id}` },
    });
    const { body: team } = await admin.get('/v1/teams/payments-billing').expect(200);
    expect(team).toMatchObject({ id: group.id, members: [{ personName: 'Jo', part: 'member' }] });
    await slipway.caughtUp();
    const { body } = await scim('get', 'Groups?filter=displayName%20eq%20%22payments%20%26%20billing%22').expect(200);
    expect(body.Resources).toEqual([group]);
    expect(
      (await scim('post', 'Groups', { schemas: [GROUP], displayName: 'Payments & Billing' }).expect(409)).body.scimType,
    ).toBe('uniqueness');
  });

  test('gains and loses members; who has which part, and the rotation, stay', async () => {
    const [kim, lea, max] = [
      await registered('kim@example.org'),
      await registered('lea@example.org'),
      await registered('max@example.org'),
    ];
    const onCall = { system: 'pagerduty', key: 'P1' };
    const members = [{ person: 'kim@example.org', part: 'lead' }];
    await admin.post('/v1/teams', { name: 'cart', title: 'Cart', members, onCall }).expect(201);
    const { id } = (await admin.get('/v1/teams/cart').expect(200)).body;
    const valuesAfter = async (...all: readonly object[]) =>
      (await scim('patch', `Groups/${id}`, operations(...all)).expect(200)).body.members?.map(
        ({ value }: { value: string }) => value,
      );
    const added = await valuesAfter({ op: 'add', path: 'members', value: [{ value: lea.id }, { value: max.id }] });
    expect(new Set(added)).toEqual(new Set([kim.id, lea.id, max.id]));
    const fewer = await valuesAfter({ op: 'remove', path: `members[value eq "${lea.id}"]` });
    expect(new Set(fewer)).toEqual(new Set([kim.id, max.id]));
    expect(await valuesAfter({ op: 'Remove', path: 'members', value: [{ value: max.id }] })).toEqual([kim.id]);
    await scim('patch', `Groups/${id}`, operations({ op: 'replace', path: 'displayName', value: 'The cart' })).expect(
      200,
    );
    expect((await admin.get('/v1/teams/cart').expect(200)).body).toMatchObject({
      title: 'The cart',
      members: [{ part: 'lead' }],
      onCall,
    });
    await scim('put', `Groups/${id}`, { schemas: [GROUP], displayName: 'Cart', members: [{ value: lea.id }] }).expect(
      200,
    );
    expect((await admin.get('/v1/teams/cart').expect(200)).body).toMatchObject({
      title: 'Cart',
      members: [{ part: 'member' }],
    });
    expect(await valuesAfter({ op: 'remove', path: 'members' })).toBeUndefined();
  });

  test('keeps the id that the provider has for it, among the references of the team', async () => {
    const sent = { schemas: [GROUP], displayName: 'Ads', externalId: 'g-1' };
    const { body } = await scim('post', 'Groups', sent).expect(201);
    expect(body).toMatchObject({ externalId: 'g-1' });
    const jira = { system: 'jira', key: 'ADS-1' };
    const scimRef = { system: 'scim', key: 'g-1' };
    await admin.patch('/v1/teams/Ads', { externalRefs: [jira, scimRef] }).expect(200);
    const other = operations({ op: 'replace', path: 'externalId', value: 'g-2' });
    expect((await scim('patch', `Groups/${body.id}`, other).expect(200)).body).toMatchObject({ externalId: 'g-2' });
    expect((await admin.get('/v1/teams/Ads').expect(200)).body.externalRefs).toEqual([
      jira,
      { ...scimRef, key: 'g-2' },
    ]);
    await slipway.caughtUp();
    const found = (await scim('get', 'Groups?filter=externalId%20eq%20%22g-2%22').expect(200)).body.Resources;
    expect(found).toMatchObject([{ id: body.id, displayName: 'Ads' }]);
    await scim('put', `Groups/${body.id}`, { ...sent, externalId: LONG }).expect(400);
  });

  test('is retired when it is removed, and is no group any more', async () => {
    const group = await groupOf('Gone');
    await scim('delete', `Groups/${group.id}`).expect(204);
    expect((await admin.get('/v1/teams/Gone').expect(200)).body).toMatchObject({ state: 'Retired' });
    await scim('get', `Groups/${group.id}`).expect(404);
    await scim('delete', `Groups/${group.id}`).expect(404);
    await slipway.caughtUp();
    const names = (await scim('get', 'Groups').expect(200)).body.Resources.map(
      ({ displayName }: { displayName: string }) => displayName,
    );
    expect(names).not.toContain('Gone');
    expect((await groupOf('Gone')).id).toBe(group.id);
  });
});
