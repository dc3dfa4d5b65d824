import { type Client, type TestService, testService } from '@slipway/service/testing';
import { planning } from '../module.ts';

let slipway: TestService;
let rita: Client;
let ada: Client;

beforeAll(async () => {
  slipway = await testService(planning);
  rita = await slipway.as('rita@example.org', 'release-manager');
  ada = await slipway.as('ada@example.org', 'administrator');
});
afterAll(() => slipway.stop());

type Shown = Readonly<{ id: string; number: string; title: string; state: string; held: boolean }>;

const drafted = async (title: string): Promise<string> =>
  (await rita.post('/v1/releases', { title, class: 'minor' }).expect(201)).body.id;
const listed = async (): Promise<readonly Shown[]> => {
  const { body } = await rita.get('/v1/releases?pageSize=200').expect(200);
  return body.items;
};
const rebuildOf = async () => {
  const { body } = await ada.get('/v1/operations/planning/consumers').expect(200);
  const items = body.items as readonly { consumer: string; rebuild: { status: string } | null }[];
  return items.find(({ consumer }) => consumer === 'planning.releases')?.rebuild;
};

test('the list of releases is rebuilt while people write and read: the same list, with what came meanwhile', async () => {
  for (let nth = 0; nth < 20; nth += 1) await drafted(`Checkout ${nth}`);
  await slipway.caughtUp();
  const before = await listed();
  expect(before).toHaveLength(20);

  await ada
    .post('/v1/operations/planning/rebuild', { consumer: 'planning.releases', reason: 'a state was wrong' })
    .expect(202);
  const later: string[] = [];
  for (let status = 'asked'; status !== 'done'; status = (await rebuildOf())?.status ?? '') {
    expect(status).not.toBe('failed');
    const id = await drafted(`Meanwhile ${later.length}`);
    await rita.post(`/v1/releases/${id}/hold`, { reason: 'smoke' }).expect(200);
    later.push(id);
    expect((await listed()).map(({ title }) => title)).toEqual(
      expect.arrayContaining(before.map(({ title }) => title)),
    );
  }

  await slipway.caughtUp();
  const after = await listed();
  expect(after).toEqual(expect.arrayContaining([...before]));
  expect(
    after
      .filter(({ held }) => held)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...later].sort());
  expect(after).toHaveLength(before.length + later.length);
});
