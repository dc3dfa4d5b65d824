import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Asked, type Peer, peer, type Reply } from '../peer.example.ts';

// What each step sends: a word after the id, and each option, goes into the field of its name.

let answer: (asked: Asked) => Reply | undefined;
let server: Peer;
let directory: string;

beforeAll(async () => {
  server = await peer(asked => answer(asked));
  directory = await mkdtemp(join(tmpdir(), 'slipway-steps-'));
});
afterAll(async () => {
  server.close();
  await rm(directory, { recursive: true });
});
beforeEach(() => {
  answer = () => ({ body: record });
});

const record = { number: 'PRB-1', state: 'Open', title: 'Null prices' };
const at = '2026-03-02T09:00:00Z';
const asked = () => {
  const { method, path, body } = server.asked.at(-1) ?? { method: '', path: '', body: '{}' };
  return [method, path, body === '' ? undefined : JSON.parse(body)];
};

test('a step is told of in one line', async () => {
  expect(await server.slipway('problem', 'close', 'PRB-1')).toEqual({
    exitCode: 0,
    out: 'PRB-1 Open: Null prices\n',
    err: '',
  });
});

test.each([
  ['release', 'releases'],
  ['train', 'release-trains'],
  ['change', 'changes'],
  ['deployment', 'deployments'],
  ['incident', 'incidents'],
  ['problem', 'problems'],
  ['review', 'reviews'],
])('a %s is described, commented on, and has files and a page of events', async (name, plural) => {
  const refs = ['--ref', 'jira:SHOP-1', 'wiki:A=https://wiki.example/a'];
  await server.slipway(name, 'describe', 'X-1', '--title', 'T', '--label', 'a', 'b', ...refs);
  const externalRefs = [
    { system: 'jira', key: 'SHOP-1' },
    { system: 'wiki', key: 'A', url: 'https://wiki.example/a' },
  ];
  expect(asked()).toEqual(['PATCH', `/v1/${plural}/X-1`, { title: 'T', labels: ['a', 'b'], externalRefs }]);
  await server.slipway(name, 'describe', 'X-1', '--no-description', '--no-label', '--no-ref');
  expect(asked()).toEqual(['PATCH', `/v1/${plural}/X-1`, { description: null, labels: [], externalRefs: [] }]);
  await server.slipway(name, 'comment', 'X-1', 'Well done.');
  expect(asked()).toEqual(['POST', `/v1/${plural}/X-1/comment`, { text: 'Well done.' }]);
  const file = { name: 'report', digest: 'sha256:a' };
  await server.slipway(
    name,
    'link-file',
    'X-1',
    '--name',
    'report',
    '--href',
    'https://x.example/',
    '--digest',
    'sha256:a',
  );
  expect(asked()).toEqual(['POST', `/v1/${plural}/X-1/link-file`, { ...file, url: 'https://x.example/' }]);
  answer = ({ path }) => ({
    body: {
      items: path.includes('/events') ? [{ version: 1, type: 'Happened', occurredAt: at, actor: 'person-x' }] : [],
    },
  });
  expect((await server.slipway(name, 'events', 'X-1')).out).toBe(
    `VERSION  HAPPENED              WHO       WHAT\n1        ${at}  person-x  Happened\n`,
  );
});

test.each([
  ['problem link-incident PRB-1 INC-1', '/v1/problems/PRB-1/link-incident', { incident: 'INC-1' }],
  ['problem record-workaround PRB-1 Restart', '/v1/problems/PRB-1/record-workaround', { workaround: 'Restart' }],
  [
    'problem declare-known-error PRB-1 --root-cause Null',
    '/v1/problems/PRB-1/declare-known-error',
    { rootCause: 'Null' },
  ],
  ['problem link-change PRB-1 CHG-3', '/v1/problems/PRB-1/link-change', { change: 'CHG-3' }],
  ['problem resolve PRB-1 --change CHG-3 --note n', '/v1/problems/PRB-1/resolve', { change: 'CHG-3', note: 'n' }],
  ['problem reopen PRB-1 --reason r', '/v1/problems/PRB-1/reopen', { reason: 'r' }],
  [
    'problem open --title t --service a b --incident INC-1',
    '/v1/problems',
    { title: 't', services: ['a', 'b'], incidents: ['INC-1'] },
  ],
  [
    `review schedule --title t --incident INC-1 --due ${at}`,
    '/v1/reviews',
    { title: 't', incident: 'INC-1', dueAt: at },
  ],
  ['review give-feedback PIR-1 Slow', '/v1/reviews/PIR-1/give-feedback', { text: 'Slow' }],
  [
    `review hold PIR-1 --attendee a@example.org b@example.org --at ${at}`,
    '/v1/reviews/PIR-1/hold',
    { attendees: ['a@example.org', 'b@example.org'], occurredAt: at },
  ],
  [
    'review record-finding PIR-1 Luck --kind lucky',
    '/v1/reviews/PIR-1/record-finding',
    { text: 'Luck', kind: 'lucky' },
  ],
  [`review add-action PIR-1 --title t --due ${at}`, '/v1/reviews/PIR-1/add-action', { title: 't', dueAt: at }],
  ['review complete-action PIR-1 t-1', '/v1/reviews/PIR-1/complete-action', { task: 't-1' }],
  ['review drop-action PIR-1 t-1 --reason r', '/v1/reviews/PIR-1/drop-action', { task: 't-1', reason: 'r' }],
  ['review complete PIR-1', '/v1/reviews/PIR-1/complete', {}],
  ['incident close INC-7', '/v1/incidents/INC-7/close', {}],
  [
    'incident cancel INC-7 --cause duplicate --duplicate-of INC-3',
    '/v1/incidents/INC-7/cancel',
    { cause: 'duplicate', duplicateOf: 'INC-3' },
  ],
  [
    `incident classify INC-7 --severity low --reason r --at ${at}`,
    '/v1/incidents/INC-7/classify',
    { severity: 'low', reason: 'r', occurredAt: at },
  ],
  ['incident declare-major INC-7 --reason r', '/v1/incidents/INC-7/declare-major', { reason: 'r' }],
  ['incident lift-major INC-7 --reason r', '/v1/incidents/INC-7/lift-major', { reason: 'r' }],
  [
    `incident correct-impact-start INC-7 --since ${at} --reason r`,
    '/v1/incidents/INC-7/correct-impact-start',
    { impactStartedAt: at, reason: 'r' },
  ],
  [
    'incident reject-candidate INC-7 --deployment DEP-1',
    '/v1/incidents/INC-7/reject-candidate',
    { deployment: 'DEP-1' },
  ],
  [
    'incident assign-role INC-7 --role scribe --person a@example.org',
    '/v1/incidents/INC-7/assign-role',
    { role: 'scribe', person: 'a@example.org' },
  ],
  ['incident escalate INC-7 --reason r', '/v1/incidents/INC-7/escalate', { reason: 'r' }],
  [`incident add-task INC-7 --title t --due ${at}`, '/v1/incidents/INC-7/add-task', { title: 't', dueAt: at }],
  ['incident complete-task INC-7 t-1 --note n', '/v1/incidents/INC-7/complete-task', { task: 't-1', note: 'n' }],
  [
    'change plan CHG-1 --kind back-out --steps Undo --minutes 5',
    '/v1/changes/CHG-1/plan',
    { kind: 'back-out', steps: 'Undo', minutes: 5 },
  ],
  ['change request-approvals CHG-1', '/v1/changes/CHG-1/request-approvals', {}],
  ['change review CHG-1 --code successful', '/v1/changes/CHG-1/review', { closeCode: 'successful' }],
  [
    'change link-record CHG-1 --incident INC-1 --relation caused-by',
    '/v1/changes/CHG-1/link-record',
    { incident: 'INC-1', relation: 'caused-by' },
  ],
  ['change begin-work CHG-1 --decision d-1', '/v1/changes/CHG-1/begin-work', { decision: 'd-1' }],
  [
    'change finish-work CHG-1 --outcome failed --attempt w-1',
    '/v1/changes/CHG-1/finish-work',
    { attempt: 'w-1', outcome: 'failed' },
  ],
  [
    'deployment link-log DEP-1 --href https://x.example/ --step s',
    '/v1/deployments/DEP-1/link-log',
    { url: 'https://x.example/', step: 's' },
  ],
  [
    'train plan Tuesday --start 2026-03-03T20:00 --time-zone Europe/Berlin --rrule FREQ=WEEKLY --minutes 60',
    '/v1/release-trains',
    {
      title: 'Tuesday',
      cadence: { start: '2026-03-03T20:00', timeZone: 'Europe/Berlin', rrule: 'FREQ=WEEKLY', durationMinutes: 60 },
    },
  ],
  [
    'train change-cadence TRAIN-1 --start 2026-03-03T20:00 --time-zone UTC --rrule FREQ=DAILY --minutes 60 --reason r',
    '/v1/release-trains/TRAIN-1/change-cadence',
    {
      cadence: { start: '2026-03-03T20:00', timeZone: 'UTC', rrule: 'FREQ=DAILY', durationMinutes: 60 },
      reason: 'r',
    },
  ],
  ['train retire TRAIN-1 --reason r', '/v1/release-trains/TRAIN-1/retire', { reason: 'r' }],
  ['release detach REL-1 --service cart', '/v1/releases/REL-1/detach-artifact', { service: 'cart' }],
  [
    'release needs REL-2 REL-1 --state Closed',
    '/v1/releases/REL-2/state-dependency',
    { release: 'REL-1', state: 'Closed' },
  ],
  ['release needs-not REL-2 REL-1', '/v1/releases/REL-2/withdraw-dependency', { release: 'REL-1' }],
  [
    'release add-item REL-1 SHOP-5 --kind fix --title t',
    '/v1/releases/REL-1/add-scope-item',
    { key: 'SHOP-5', kind: 'fix', title: 't' },
  ],
  [
    'release trade-off REL-1 SHOP-1 SHOP-2 --reason r',
    '/v1/releases/REL-1/trade-off-scope',
    { keys: ['SHOP-1', 'SHOP-2'], reason: 'r' },
  ],
  [
    `release reach REL-1 Built --by a@example.org --at ${at}`,
    '/v1/releases/REL-1/reach-milestone',
    { name: 'Built', by: 'a@example.org', reachedAt: at },
  ],
  [
    'release meet REL-1 Tested --phase Roll-out --gate entry --note n',
    '/v1/releases/REL-1/meet-criterion',
    { criterion: 'Tested', phase: 'Roll-out', gate: 'entry', note: 'n' },
  ],
  [
    'release pass REL-1 --phase Roll-out --gate exit',
    '/v1/releases/REL-1/pass-gate',
    { phase: 'Roll-out', gate: 'exit' },
  ],
  [
    'release judge-criterion REL-1 calm --verdict not-judgeable --note n',
    '/v1/releases/REL-1/judge-success-criterion',
    { criterion: 'calm', verdict: 'not-judgeable', note: 'n' },
  ],
  [
    `release judge-criterion REL-1 few --verdict met --note n --value 0.05 --definition first/2 --position 7 --counted 20 --since ${at} --until ${at}`,
    '/v1/releases/REL-1/judge-success-criterion',
    {
      criterion: 'few',
      verdict: 'met',
      note: 'n',
      measured: { value: 0.05, definition: 'first/2', position: 7, counted: 20, from: at, to: at },
    },
  ],
  [
    'threshold revise THR-1 --measure mttr --series all --statistic p90 --service checkout --condition above --limit 3600 --calendar-month --zone Europe/Berlin --reason r',
    '/v1/metric-thresholds/THR-1/revise',
    {
      measure: 'mttr',
      series: 'all',
      statistic: 'p90',
      service: 'checkout',
      condition: 'above',
      limit: 3600,
      window: { calendarMonth: true, zone: 'Europe/Berlin' },
      reason: 'r',
    },
  ],
  [
    'threshold set Failed --measure change-fail-rate --team shop --condition above --limit 0.15 --last-days 30 --least-population 5',
    '/v1/metric-thresholds',
    {
      title: 'Failed',
      measure: 'change-fail-rate',
      team: 'shop',
      condition: 'above',
      limit: 0.15,
      leastPopulation: 5,
      window: { lastDays: 30 },
    },
  ],
  ['threshold retire THR-1', '/v1/metric-thresholds/THR-1/retire', {}],
  ['release board REL-1 --train TRAIN-1', '/v1/releases/REL-1/board-train', { train: 'TRAIN-1' }],
  ['release leave REL-1', '/v1/releases/REL-1/leave-train', {}],
])('%s', async (line, path, body) => {
  expect(await server.slipway(...line.split(' '))).toMatchObject({ exitCode: 0, err: '' });
  expect(asked()).toEqual(['POST', path, body]);
});

test('work by hand that is open is found by itself', async () => {
  const work = { byHand: true, deploymentId: 'w-1' };
  const attempts = [{ deploymentId: 'd-1' }, { ...work, deploymentId: 'w-0', outcome: 'failed' }, work];
  answer = () => ({ body: { ...record, attempts } });
  await server.slipway('change', 'finish-work', 'CHG-1', '--outcome', 'succeeded');
  expect(asked()).toEqual(['POST', '/v1/changes/CHG-1/finish-work', { attempt: 'w-1', outcome: 'succeeded' }]);
});

test.each([
  [[], 'No work by hand is open.'],
  [[{ byHand: true }, { byHand: true }], 'More than one work by hand is open: say --attempt.'],
])('of %j none is taken', async (attempts, why) => {
  answer = () => ({ body: { ...record, attempts } });
  expect(await server.slipway('change', 'finish-work', 'CHG-1', '--outcome', 'succeeded')).toMatchObject({
    exitCode: 2,
    err: `slipway: ${why}\n`,
  });
});

test('a deployment says its steps out of a file, and which version it is', async () => {
  const file = join(directory, 'steps.yaml');
  await writeFile(file, '- { step: migrate, plannedSeconds: 60 }\n');
  const target = ['--service', 's', '--environment', 'e', '--artifact-version', '1.0.0'];
  await server.slipway('deployment', 'request', ...target, '--steps', file);
  const steps = [{ step: 'migrate', plannedSeconds: 60 }];
  expect(asked()).toEqual(['POST', '/v1/deployments', { service: 's', environment: 'e', version: '1.0.0', steps }]);
});

test('departures, candidates and a timeline are tables', async () => {
  const departure = { departure: at, local: 'Monday 10:00', releases: [{ number: 'REL-1' }, { id: 'r-2' }] };
  answer = () => ({ body: { items: [departure] } });
  expect((await server.slipway('train', 'departures', 'TRAIN-1', '--count', '2')).out).toBe(
    `DEPARTURE             LOCAL         ABOARD\n${at}  Monday 10:00  REL-1, r-2\n`,
  );
  expect(asked()[1]).toBe('/v1/release-trains/TRAIN-1/departures?count=2');
  const candidates = [{ score: 80, deploymentId: 'd-1', verdict: 'open', reasons: [{ detail: 'It was the last.' }] }];
  answer = () => ({ body: { candidates } });
  expect((await server.slipway('incident', 'candidates', 'INC-1')).out).toBe(
    'SCORE  DEPLOYMENT  VERDICT  WHY\n80     d-1         open     It was the last.\n',
  );
  const line = {
    occurredAt: at,
    actor: 'person-x',
    event: { type: 'IncidentOpened' },
    record: { category: 'incident' },
  };
  answer = ({ path }) => ({ body: { items: path.includes('/timeline') ? [line] : [] } });
  expect((await server.slipway('incident', 'timeline', 'INC-1')).out).toBe(
    `HAPPENED              WHO       WHAT            RECORD\n${at}  person-x  IncidentOpened  incident\n`,
  );
});

test.each([
  ['incident', 'incidents', 'tasks', 'add-task'],
  ['review', 'reviews', 'actions', 'add-action'],
])('what is to be done under a %s is shown with its ids', async (name, plural, list, add) => {
  const tasks = [{ taskId: 't-1', title: 'Look', state: 'open' }];
  answer = ({ path }) => ({ body: path.startsWith(`/v1/${plural}/`) ? { ...record, [list]: tasks } : { items: [] } });
  const shown = 'ID   TASK  STATE\nt-1  Look  open\n';
  expect((await server.slipway(name, add, 'X-1', '--title', 'Look')).out).toBe(shown);
  expect((await server.slipway(name, list, 'X-1')).out).toBe(shown);
  answer = () => ({ body: { ...record, [list]: [] } });
  expect((await server.slipway(name, list, 'X-1')).out).toBe('There is nothing to do.\n');
});
