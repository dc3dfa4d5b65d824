import { type Client, testService, type TestService } from '@slipway/service/testing';
import { type Mailbox, startMailbox } from './mail/example-mailbox.ts';
import { notification } from './module.ts';

let slipway: TestService;
let mailbox: Mailbox;
let rita: Client;

beforeAll(async () => {
  mailbox = await startMailbox();
  process.env['SMTP_URL'] = mailbox.url;
  slipway = await testService(notification);
  rita = await slipway.as('rita@example.org', 'release-manager');
  await slipway.append('release', 'r1', { type: 'ReleaseDrafted', data: { title: 'Checkout 2.4', class: 'minor' } });
});
afterAll(async () => {
  await slipway.stop();
  await mailbox.stop();
  delete process.env['SMTP_URL'];
});

const words = { subject: 'Checkout 2.4 comes a day later', text: 'Ann found a fault.' };
const people = ['ann@shop.example', 'ben@shop.example', 'github:nobody'];
const about = { title: 'Delay', kind: 'delay', audience: 'support', aboutKind: 'release', about: 'r1' };
const draft = async () =>
  (await rita.post('/v1/communications', { ...words, ...about, people }).expect(201)).body as Readonly<{
    id: string;
    number: string;
  }>;
const read = async (id: string) => (await rita.get(`/v1/communications/${id}`).expect(200)).body as Communication;
type Communication = Readonly<{
  people: readonly string[];
  contentDigest: string;
  receipts: readonly Readonly<{ person: string; outcome: string; error?: string }>[];
  acknowledgements: readonly Readonly<{ person: string }>[];
}>;

const withReceipts = async (id: string, count: number): Promise<Communication> => {
  for (const deadline = performance.now() + 15_000; ;) {
    const communication = await read(id);
    if (communication.receipts.length >= count) return communication;
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(communication.receipts)}`);
  }
};

test('a communication goes to a frozen list, in frozen words, with a receipt and an acknowledgement of each', async () => {
  const { id, number } = await draft();
  expect(number).toMatch(/^COM-\d+$/);
  await rita.post(`/v1/communications/${id}/send`).expect(200);
  const sent = await withReceipts(id, 3);
  expect(sent.people).toHaveLength(3);
  expect(sent.receipts.map(({ outcome, error }) => [outcome, error])).toEqual(
    expect.arrayContaining([
      ['delivered', undefined],
      ['failed', 'no-address'],
    ]),
  );
  expect(mailbox.received.map(({ to, subject, text }) => [to, subject, text])).toEqual(
    expect.arrayContaining([
      [['ann@shop.example'], words.subject, words.text],
      [['ben@shop.example'], words.subject, words.text],
    ]),
  );
  expect(mailbox.received).toHaveLength(2);
  const { body: changed } = await rita.post(`/v1/communications/${id}/revise`, { ...words, people: [] }).expect(409);
  expect(changed).toMatchObject({ code: 'communication-sent' });
  const ann = await slipway.as('ann@shop.example', 'viewer');
  await ann.post(`/v1/communications/${id}/acknowledge`).expect(200);
  const { body: stranger } = await rita.post(`/v1/communications/${id}/acknowledge`).expect(409);
  expect(stranger).toMatchObject({ code: 'not-a-recipient' });
  const { acknowledgements, contentDigest } = await read(id);
  expect(acknowledgements).toHaveLength(1);
  expect(sent.people).toContain(acknowledgements[0]?.person);
  expect(contentDigest).toMatch(/^sha256:/);
  const events = JSON.stringify(await slipway.events(`communication-${id}`));
  for (const word of ['ann@', 'Ann found']) expect(events).not.toContain(word);
});

test('the list shows what is out and who has read it', async () => {
  const { id } = await draft();
  await slipway.caughtUp();
  const { body } = await rita.get('/v1/communications?release=r1&state=Draft').expect(200);
  expect(body.items).toMatchObject([{ id, kind: 'delay', recipients: 3, delivered: 0 }]);
  const { body: sent } = await rita.get('/v1/communications?state=Sent').expect(200);
  expect(sent.items).toMatchObject([{ delivered: 2, failed: 1, acknowledged: 1 }]);
  await rita.post(`/v1/communications/${id}/cancel`, { reason: 'It comes in time' }).expect(200);
});

test.each([
  [{ about: 'nothing' }, 422, 'unknown-release'],
  [{ about: 'REL-999' }, 404, 'not-found'],
  [{ kind: 'gossip' }, 400, 'invalid-fields'],
  [{ people: ['nobody at all'] }, 400, 'invalid-fields'],
])('%j is refused: %d %s', async (part, status, code) => {
  const { body } = await rita.post('/v1/communications', { ...words, ...about, people, ...part }).expect(status);
  expect(body).toMatchObject({ code });
});
