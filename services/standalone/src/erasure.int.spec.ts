import { audit } from '@slipway/audit';
import { catalog } from '@slipway/catalog';
import { type Client, testService, type TestService } from '@slipway/service/testing';
import { Seals } from '@slipway/event-store';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';

let slipway: TestService;
let admin: Client;
let audrey: Client;
let rita: Client;

beforeAll(async () => {
  slipway = await testService(catalog, audit);
  admin = await slipway.as('admin@example.org', 'administrator');
  audrey = await slipway.as('audrey@example.org', 'auditor');
  rita = await slipway.as('rita@example.org', 'release-manager');
});
afterAll(() => slipway.stop());

type Somebody = Readonly<{ id: string; pseudonym: string; name: string; email: string; account: string }>;

const somebody = async (): Promise<Somebody> => {
  const mark = uuidv7();
  const [name, email, account] = [`Ann ${mark}`, `ann.${mark}@example.org`, `github:ann-${mark}`];
  const { body } = await admin.post('/v1/people', { name, email, accounts: [account] }).expect(201);
  return { id: body.id as string, pseudonym: body.pseudonym as string, name, email, account };
};
const asksFor = async (person: string) =>
  (await admin.post('/v1/audit/erasures', { person, ground: 'objection', reason: 'He left' }).expect(201)).body;
const approves = (pseudonym: string, recordedAt: string) =>
  slipway.append('change', uuidv7(), {
    type: 'ApprovalRejected',
    data: { actor: pseudonym, recordedAt, slot: 'x', roleGrantId: uuidv7(), reason: 'sealed:v1:x' },
  });
/** So many years ago, and some milliseconds to go. */
const yearsAgo = (years: number, leftMs = 0): string => {
  const at = new Date(Date.now() + leftMs);
  at.setUTCFullYear(at.getUTCFullYear() - years);
  return at.toISOString();
};
const rowsAs = async (service: string, question: string): Promise<string> => {
  const pool = new pg.Pool({ connectionString: slipway.databaseUrl(service), max: 1 });
  try {
    return JSON.stringify((await pool.query(question)).rows);
  } finally {
    await pool.end();
  }
};
const logged = async (): Promise<string> => {
  const { body } = await audrey.get('/v1/events?pageSize=1000').expect(200);
  return JSON.stringify(body.items);
};

test('somebody who did nothing that has to be accounted for is forgotten', async () => {
  const ann = await somebody();
  const pool = new pg.Pool({ connectionString: slipway.databaseUrl('planning'), max: 1 });
  const said = await new Seals(pool).seal(ann.pseudonym, 'Ann was ill');
  const erasure = await asksFor(ann.email);
  expect(erasure).toMatchObject({
    id: ann.id,
    number: expect.stringMatching(/^ERA-\d+$/),
    person: ann.pseudonym,
    state: 'Granted',
  });
  await slipway.caughtUp();

  const { body } = await audrey.get(`/v1/audit/erasures/${erasure.number}`).expect(200);
  expect(body).toMatchObject({ reason: null, carriedOut: { dropped: ['aliases', 'entry', 'keys', 'link'] } });
  expect(await slipway.events(`subject-${ann.id}`)).toMatchObject([
    { type: 'SubjectErased', data: { person: ann.pseudonym, actor: 'process-erase-subject-when-erasure-decided' } },
  ]);
  expect(await new Seals(pool).open(ann.pseudonym, said)).toBeUndefined();
  await pool.end();

  const { body: person } = await rita.get(`/v1/people/${ann.id}`).expect(200);
  expect(person).toMatchObject({ pseudonym: ann.pseudonym });
  expect(person).not.toHaveProperty('name');
  await rita.get(`/v1/people/${ann.email}`).expect(404);
  const seen = [await rowsAs('catalog', 'SELECT * FROM directory.people()'), await logged()].join('\n');
  for (const each of [ann.name, ann.email, ann.account]) expect(seen).not.toContain(each);
  const { body: lookUp } = await audrey.post(`/v1/audit/erasures/${ann.id}/look-up`, { reason: 'Why not' }).expect(409);
  expect(lookUp.code).toBe('erased');
});

test('who approved stays known to auditors for seven years, and each look-up is kept', async () => {
  const ann = await somebody();
  await approves(ann.pseudonym, yearsAgo(1));
  const erasure = await asksFor(ann.account);
  expect(erasure).toMatchObject({
    state: 'Refused',
    refusal: { ground: 'gdpr-17-3-b', retained: [{ class: 'approval', until: expect.any(String) }] },
  });
  const leftYears = (Date.parse(erasure.refusal.until) - Date.now()) / (365.25 * 24 * 3_600_000);
  expect(leftYears).toBeCloseTo(6, 1);
  await slipway.caughtUp();

  await rita.get(`/v1/people/${ann.email}`).expect(404);
  expect((await rita.get(`/v1/people/${ann.id}`).expect(200)).body).not.toHaveProperty('name');
  for (const client of [rita, admin])
    await client.post(`/v1/audit/erasures/${ann.id}/look-up`, { reason: 'x' }).expect(403);

  const { body } = await audrey.post(`/v1/audit/erasures/${ann.id}/look-up`, { reason: 'Case 7 of Ann' }).expect(200);
  expect(body).toMatchObject({
    subject: { name: ann.name, email: ann.email, accounts: [] },
    carriedOut: { dropped: ['aliases', 'entry', 'keys'] },
    lookUps: [{ reason: 'Case 7 of Ann' }],
  });
  const events = await slipway.events(`erasure-${ann.id}`);
  expect(events.map(({ type }) => type)).toEqual([
    'ErasureRequested',
    'ErasureRefused',
    'ErasureCarriedOut',
    'SubjectLookedUp',
  ]);
  expect(JSON.stringify(events)).not.toContain('Ann');
  expect(await logged()).not.toContain(ann.name);
  const trail = async (client: Client) =>
    (await client.get(`/v1/audit/events?stream=erasure-${ann.id}`).expect(200)).text;
  await slipway.caughtUp();
  expect(await trail(audrey)).toContain('Case 7 of Ann');
  expect(await trail(rita)).toContain('SubjectLookedUp');
  expect(await trail(rita)).not.toContain('Case 7 of Ann');
});

test('when its time is over, it is forgotten who it was', async () => {
  const ann = await somebody();
  await approves(ann.pseudonym, yearsAgo(7, 3_000));
  expect((await asksFor(ann.pseudonym)).state).toBe('Refused');
  let erasure: { state: string; carriedOut?: { dropped: string[] } } = { state: '' };
  while (!erasure.carriedOut?.dropped.includes('link')) {
    erasure = (await audrey.get(`/v1/audit/erasures/${ann.id}`).expect(200)).body;
    await slipway.caughtUp();
  }
  expect(erasure.state).toBe('Granted');
  await audrey.post(`/v1/audit/erasures/${ann.id}/look-up`, { reason: 'x' }).expect(409);
}, 30_000);

test('who came back with a backup of the directory is forgotten again', async () => {
  const ann = await somebody();
  await asksFor(ann.email);
  await slipway.caughtUp();
  const people = (): Promise<string> => rowsAs('catalog', 'SELECT * FROM directory.people()');
  // As a backup of before the erasure has it.
  const restored = [ann.pseudonym, 'person', ann.name, ann.email, null, [`email:${ann.email}`, ann.account]];
  const pool = new pg.Pool({ connectionString: slipway.databaseUrl('catalog'), max: 1 });
  await pool.query('SELECT directory.register_person($1, $2, $3, $4, $5, $6)', restored);
  await pool.end();
  expect(await people()).toContain(ann.name);
  await admin.post('/v1/operations/catalog/rebuild', { consumer: 'catalog.subjects', reason: 'restored' }).expect(202);
  while ((await people()).includes(ann.name)) await slipway.caughtUp();
  await rita.get(`/v1/people/${ann.email}`).expect(404);
}, 30_000);

test('what was done longer ago keeps nobody', async () => {
  const ann = await somebody();
  await approves(ann.pseudonym, yearsAgo(8));
  expect((await asksFor(ann.pseudonym)).state).toBe('Granted');
});

test('an erasure is one, is found by any pseudonym, and nobody is made by asking for one', async () => {
  const ann = await somebody();
  const first = await asksFor(ann.email);
  await slipway.caughtUp();
  const { body } = await admin
    .post('/v1/audit/erasures', { person: ann.pseudonym, ground: 'consent-withdrawn' })
    .expect(201);
  expect(body).toMatchObject({ id: first.id, ground: 'objection' });
  const { body: listed } = await audrey.get(`/v1/audit/erasures?person=${ann.pseudonym}&state=Granted`).expect(200);
  expect(listed.items).toMatchObject([{ id: ann.id, number: first.number, person: ann.pseudonym }]);
  const stranger = `stranger.${uuidv7()}@example.org`;
  for (const person of [stranger, ann.email, `person-${uuidv7()}`]) {
    const refused = await admin.post('/v1/audit/erasures', { person, ground: 'objection' }).expect(422);
    expect(refused.body.code).toBe('unknown-person');
  }
});

test.each([
  ['no ground', { person: 'ann@example.org' }],
  ['another ground', { person: 'ann@example.org', ground: 'whim' }],
  ['nobody', { ground: 'objection' }],
  ['a name', { person: 'Ann', ground: 'objection' }],
  ['a field too many', { person: 'ann@example.org', ground: 'objection', now: true }],
])('%s is refused', async (_, body) => {
  expect((await admin.post('/v1/audit/erasures', body).expect(400)).body.code).toBe('invalid-fields');
});

test('it is for administrators to ask, and for auditors to see', async () => {
  for (const client of [rita, audrey])
    await client.post('/v1/audit/erasures', { person: 'a@b.org', ground: 'objection' }).expect(403);
  await rita.get('/v1/audit/erasures').expect(403);
  await audrey.get('/v1/audit/erasures').expect(200);
  await audrey.get('/v1/audit/erasures/ERA-999999').expect(404);
  await audrey.get(`/v1/audit/erasures/${uuidv7()}`).expect(404);
  await audrey.post(`/v1/audit/erasures/${uuidv7()}/look-up`, { reason: 'x' }).expect(404);
});
