import type { Client } from '@slipway/service/testing';
import { drafted, type Stage, stage } from '../planning.example.ts';

const WRITERS = 8;
const BEFORE = 60;

let { slipway, rita, viewer }: Stage = {} as never;

beforeAll(async () => {
  ({ slipway, rita, viewer } = await stage());
});
afterAll(() => slipway.stop());

type Page = Readonly<{ items: readonly { id: string }[]; nextPageToken?: string }>;

/** Drafts releases until it is told to stop. Answers how many. */
const writing = async (client: Client, stopped: () => boolean): Promise<number> => {
  let count = 0;
  for (; !stopped(); count += 1) await drafted(client);
  return count;
};

test('a list that is read page by page loses and repeats nothing while eight write', async () => {
  const there = new Set<string>();
  for (let nth = 0; nth < BEFORE; nth += 1) there.add((await drafted(rita)).id);
  await slipway.caughtUp();

  let isRead = false;
  const writers = Array.from({ length: WRITERS }, () => writing(rita, () => isRead));
  const seen: string[] = [];
  for (let token = ''; ;) {
    const { body } = await viewer.get(`/v1/releases?pageSize=3${token && `&pageToken=${token}`}`).expect(200);
    const { items, nextPageToken } = body as Page;
    seen.push(...items.map(({ id }) => id));
    if (nextPageToken === undefined) break;
    token = nextPageToken;
  }
  isRead = true;
  const written = (await Promise.all(writers)).reduce((sum, count) => sum + count, 0);

  expect(written).toBeGreaterThan(WRITERS);
  expect(seen.filter((id, nth) => seen.indexOf(id) !== nth)).toEqual([]);
  expect([...there].filter(id => !seen.includes(id))).toEqual([]);
});
