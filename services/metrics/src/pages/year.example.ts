import type { Fact } from '../facts/facts.ts';
import { definitions } from '../measures/index.ts';
import { type Told, told } from '../measures/example.ts';
import { NINE_TO_FIVE } from '../periods/business-time.ts';
import { periodNamed, type Unit } from '../periods/calendar.ts';
import type { Period } from '../periods/period.ts';
import type { AnsweredReport } from '../report/answered.ts';
import { type Asked, deliveryReport } from '../report/delivery-report.ts';
import { type Ledger, ledgerOf, recordsOf } from '../rows/ledger.ts';

/** A year of five services of three teams, the same each time: what pages look like when much happened. */

const ZONE = 'Europe/Berlin';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Kept = Readonly<{ name: string; team: string; everyDays: number; failing: number; lateFailing?: number }>;

const SERVICES: readonly Kept[] = [
  { name: 'checkout', team: 'Storefront', everyDays: 0.8, failing: 0.06, lateFailing: 0.42 },
  { name: 'catalog-search', team: 'Storefront', everyDays: 2, failing: 0.11 },
  { name: 'payments', team: 'Money', everyDays: 3, failing: 0.08 },
  { name: 'ledger-export', team: 'Money', everyDays: 9, failing: 0.05 },
  { name: 'identity', team: 'Platform & Access', everyDays: 4, failing: 0.14 },
];

/** Park and Miller's generator: the same numbers on every machine. */
const numbers = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
};

const iso = (at: number): string => new Date(at).toISOString();

const one = (stream: string, at: number, type: Told[1], data: object): readonly Fact[] =>
  told(stream, [iso(at), type, data]);

const START = Date.parse('2025-03-20T08:00:00Z');
export const NOW = Date.parse('2026-04-01T06:00:00Z');

const catalog = [
  ...SERVICES.flatMap(({ name, team }) =>
    one(`service-${name}`, START, 'ServiceRegistered', { name, ownerTeam: team }),
  ),
  ...one('environment-eu', START, 'EnvironmentRegistered', { name: 'eu', tier: 'production', region: 'eu-central-1' }),
];

const rolloutsOf = (service: Kept): readonly Fact[] => {
  const random = numbers(service.name.length * 7_919);
  const facts: Fact[] = [];
  for (let at = START, index = 1; at < NOW - DAY; at += DAY * service.everyDays * (0.5 + random()), index += 1) {
    if (isPaused(service, at)) continue;
    facts.push(...rolloutAt(service, `${service.name}-${index}`, at, random));
  }
  return facts;
};

/** Nothing went out over the holidays but of the busiest ones. */
const isPaused = ({ everyDays }: Kept, at: number): boolean =>
  everyDays > 2 && iso(at) >= '2025-12-01' && iso(at) < '2026-01-02';

const rolloutAt = (service: Kept, id: string, at: number, random: () => number): readonly Fact[] => {
  const isLate = iso(at) >= '2026-03';
  const fails = random() < (isLate ? (service.lateFailing ?? service.failing) : service.failing);
  const took = at + (0.2 + random()) * HOUR;
  const closeCode = fails ? 'unsuccessful' : random() < 0.1 ? 'successful-with-issues' : 'successful';
  return [
    ...releaseOf(service, id, at, random),
    ...told(
      `change-${id}`,
      [iso(at - 30 * HOUR), 'ChangeRaised', changeOf(service, id, random)],
      [iso(at - 28 * HOUR), 'ApprovalRequested', { slot: 'quality' }],
      [iso(at - 28 * HOUR + random() * 22 * HOUR), 'ChangeAuthorized', { authorization: 'approved' }],
      [iso(at), 'ChangeImplementationStarted'],
      [iso(took + 20 * HOUR), 'ChangeClosed', { closeCode, unauthorized: false }],
    ),
    ...told(
      `deployment-${id}`,
      [iso(at - HOUR), 'DeploymentRequested', requestOf(service, id)],
      [iso(at), 'DeploymentStarted'],
      [iso(took - 0.1 * HOUR), 'TrafficTaken'],
      [iso(took), 'DeploymentSucceeded'],
      ...(fails ? [[iso(took + 2 * HOUR), 'DeploymentRolledBack', { cause: 'fault' }] as const] : []),
    ),
    ...(fails ? incidentOf(service, id, took, random) : []),
  ];
};

const releaseOf = ({ name }: Kept, id: string, at: number, random: () => number): readonly Fact[] =>
  random() < 0.06
    ? []
    : one(`release-${id}`, at - 2 * DAY, 'ArtifactAttached', {
        artifact: {
          serviceId: name,
          digest: `sha256:${id}`,
          repository: `example/${name}`,
          commits: [{ sha: id, author: 'person', committedAt: iso(at - (10 + 80 * random()) * HOUR) }],
          pullRequests: [],
        },
      });

const changeOf = ({ name }: Kept, id: string, random: () => number) => ({
  model: random() < 0.08 ? 'emergency' : 'normal',
  releaseIds: [id],
  serviceIds: [name],
  content: { targets: [{ serviceId: name, environmentId: 'eu', wave: 1 }] },
});

const requestOf = ({ name }: Kept, id: string) => ({
  kind: 'planned',
  target: { serviceId: name, environmentId: 'eu', wave: 1 },
  production: true,
  digests: [`sha256:${id}`],
  changeId: id,
  releaseId: id,
});

const incidentOf = ({ name }: Kept, id: string, took: number, random: () => number): readonly Fact[] => {
  const detected = took + random() * HOUR;
  const isOpen = took > NOW - 4 * DAY;
  return told(
    `incident-${id}`,
    [iso(detected), 'IncidentDetected', { serviceIds: [name], impactStartedAt: iso(took), environmentId: 'eu' }],
    [iso(detected + HOUR), 'CauseConfirmed', { kind: 'deployment', deploymentId: id, primary: true }],
    ...(isOpen ? [] : [[iso(detected + (0.5 + 5 * random()) * HOUR), 'IncidentMitigated'] as const]),
  );
};

export const ledger: Ledger = ledgerOf(recordsOf([...catalog, ...SERVICES.flatMap(rolloutsOf)]));

const periodOf = (from: number, to: number): Period => ({
  from,
  to,
  now: Math.min(NOW, to),
  zone: ZONE,
  business: { zone: ZONE, ...NINE_TO_FIVE },
});

/** A delivery report of it, as the API answers it. */
export const answered = (
  asked: Partial<Asked> & Readonly<{ name?: string; months?: number }>,
  of = ledger,
): AnsweredReport => {
  const { name = '2026-03', months = 1, ...others } = asked;
  const { to, from } = periodNamed(name, ZONE)!;
  const first = months === 1 ? from : periodNamed('2025-04', ZONE)!.from;
  const period = periodOf(first, to);
  const limits = { definitions, scope: {}, period, compare: true, members: false, unit: 'month' as Unit };
  const report = deliveryReport(of, { ...limits, ...others })!;
  const span = { from: iso(period.from), to: iso(period.to), ...(months === 1 && { period: name }) };
  return { ...span, zone: ZONE, position: 48_213, ...(asked.every && { every: asked.every }), ...report };
};
