import { type Client, testService, type TestService } from '@slipway/service/testing';
import { planning } from '../module.ts';

let slipway: TestService;
let rita: Client;
let vera: Client;

beforeAll(async () => {
  slipway = await testService(planning);
  rita = await slipway.as('rita@example.org', 'release-manager');
  vera = await slipway.as('vera@example.org', 'viewer');
});
afterAll(() => slipway.stop());

const drafted = async (more: object = {}): Promise<{ id: string; number: string }> =>
  (await rita.post('/v1/releases', { title: 'Checkout 2.4', class: 'minor', ...more }).expect(201)).body;
const jira = { system: 'jira', key: 'SHOP-300', url: 'https://jira.example/browse/SHOP-300' };
const report = {
  name: 'Test report',
  url: 'https://storage.example/report.pdf?signature=s3cret',
  digest: `sha256:${'a'.repeat(64)}`,
  mediaType: 'application/pdf',
};

describe('a record', () => {
  test('is described, found by label and by reference, and keeps what was not said', async () => {
    const { id, number } = await drafted({ description: 'For the shop' });
    const { body, headers } = await rita
      .patch(`/v1/releases/${number}`, { title: 'Checkout 2.5', labels: ['q3', 'hotfix', 'q3'], externalRefs: [jira] })
      .expect(200);
    expect(body).toMatchObject({
      title: 'Checkout 2.5',
      description: 'For the shop',
      labels: ['hotfix', 'q3'],
      externalRefs: [jira],
      comments: [],
      files: [],
    });
    expect(headers['etag']).toBe('"2"');
    for (const filter of ['label=hotfix', 'ref=SHOP-300', 'q=checkout%202.5']) {
      const found = await rita.get(`/v1/releases?${filter}&afterEvent=${headers['slipway-event']}`).expect(200);
      expect(found.body.items).toMatchObject([
        { id, title: 'Checkout 2.5', labels: ['hotfix', 'q3'], refs: ['SHOP-300'] },
      ]);
    }
    expect((await rita.get('/v1/releases?label=elsewhere').expect(200)).body.items).toEqual([]);
  });

  test('told the same again has nothing new', async () => {
    const { id } = await drafted();
    await rita.patch(`/v1/releases/${id}`, { labels: ['hotfix'] }).expect(200);
    const { headers } = await rita
      .patch(`/v1/releases/${id}`, { labels: ['hotfix'], title: 'Checkout 2.4' })
      .expect(200);
    expect(headers['etag']).toBe('"2"');
  });

  test('loses its description by null', async () => {
    const { id } = await drafted({ description: 'For the shop' });
    const { body } = await rita.patch(`/v1/releases/${id}`, { description: null }).expect(200);
    expect(body).not.toHaveProperty('description');
  });

  test('is not changed by who saw an older version', async () => {
    const { id } = await drafted();
    await rita.patch(`/v1/releases/${id}`, { labels: ['hotfix'] }).expect(200);
    await rita.patch(`/v1/releases/${id}`, { labels: [] }).set('If-Match', '"1"').expect(412);
  });

  test('is commented by whoever works with it, in words that stay out of the log', async () => {
    const { id } = await drafted();
    const comment = { text: 'Ann says that the window is too short' };
    const { body } = await rita.post(`/v1/releases/${id}/comment`, comment).expect(200);
    expect(body.comments).toMatchObject([
      { ...comment, by: body.owner, at: expect.any(String), id: expect.any(String) },
    ]);
    expect(JSON.stringify(await slipway.events(`release-${id}`))).not.toContain('Ann says');
    expect((await vera.post(`/v1/releases/${id}/comment`, comment).expect(403)).body.permission).toBe('comments:write');
  });

  test('links files by their digest; addresses, which may carry a secret, stay out of the log', async () => {
    const { id } = await drafted();
    const linked = (await rita.post(`/v1/releases/${id}/link-file`, report).expect(200)).body;
    expect(linked.files).toMatchObject([report]);
    expect(JSON.stringify(await slipway.events(`release-${id}`))).not.toContain('s3cret');
    const [{ id: file }] = linked.files;
    const { body } = await rita.post(`/v1/releases/${id}/unlink-file`, { file, reason: 'The wrong one' }).expect(200);
    expect(body.files).toEqual([]);
    expect((await rita.post(`/v1/releases/${id}/unlink-file`, { file }).expect(409)).body.code).toBe('no-such-file');
  });

  test('has a page of all that happened to it: who did what, and when', async () => {
    const { id } = await drafted();
    await rita.patch(`/v1/releases/${id}`, { labels: ['hotfix'] }).expect(200);
    await rita.post(`/v1/releases/${id}/comment`, { text: 'Looks fine' }).expect(200);
    const first = (await vera.get(`/v1/releases/${id}/events?pageSize=2`).expect(200)).body;
    expect(first.items).toMatchObject([
      { version: 1, type: 'ReleaseDrafted', actor: expect.stringMatching(/^person-/), source: 'rest' },
      { version: 2, type: 'ReleaseDetailsChanged', facts: { labels: ['hotfix'] } },
    ]);
    const second = (await vera.get(`/v1/releases/${id}/events?pageSize=2&pageToken=${first.nextPageToken}`).expect(200))
      .body;
    expect(second.items).toMatchObject([{ version: 3, type: 'ReleaseCommented', facts: { text: 'Looks fine' } }]);
    expect(second).not.toHaveProperty('nextPageToken');
    await vera.get('/v1/releases/REL-999999/events').expect(404);
  });

  test.each([
    ['a label that is too long', { labels: ['x'.repeat(64)] }],
    ['labels that are no list', { labels: 'hotfix' }],
    ['a reference without a key', { externalRefs: [{ system: 'jira' }] }],
    ['an address that is none', { externalRefs: [{ ...jira, url: 'javascript:alert(1)' }] }],
    ['null for what cannot be taken away', { title: null }],
    ['an unknown field', { color: 'red' }],
  ])('is not changed by %s', async (_, body) => {
    const { id } = await drafted();
    expect((await rita.patch(`/v1/releases/${id}`, body).expect(400)).body.code).toBe('invalid-fields');
    expect(await slipway.events(`release-${id}`)).toHaveLength(1);
  });
});
