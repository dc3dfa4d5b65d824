import { factOf, type Fact, type FactType } from '../facts/facts.ts';
import { knownOf, type Scope } from '../rows/known.ts';
import type { Figure } from '../figures/figure.ts';
import type { Period } from '../periods/period.ts';
import { NINE_TO_FIVE } from '../periods/business-time.ts';
import { definitionOf } from './index.ts';

/** Short histories for the specs. An instant is `day hour:minute` of March 2026, in UTC: `2 20:15`; or in full. */
export const at = (instant: string): string => {
  if (instant.includes('T')) return new Date(instant).toISOString();
  const [day = '', time = '00:00'] = instant.split(' ');
  return `2026-03-${day.padStart(2, '0')}T${time.padStart(5, '0')}:00.000Z`;
};

export type Told = readonly [instant: string, type: FactType, data?: object];

export const told = (stream: string, ...events: readonly Told[]): readonly Fact[] =>
  events.map(([instant, type, data = {}], index) =>
    factOf({ stream, version: index + 1, type, data: { recordedAt: at(instant), ...data, occurredAt: at(instant) } })!,
  );

export const A = 'sha256:a';
export const B = 'sha256:b';

type Request = Readonly<{
  kind?: string;
  service?: string;
  environment?: string;
  production?: boolean;
  digest?: string;
  change?: string | null;
  release?: string;
  undoes?: string;
  wave?: number;
}>;

/** A deployment that was requested at noon of the 1st, and then what is said. */
export const run = (id: string, request: Request, ...events: readonly Told[]): readonly Fact[] => {
  const { kind = 'planned', service = 'checkout', environment = 'frankfurt', production = true, digest = A } = request;
  const { change = 'c1', release, undoes, wave = 1 } = request;
  return told(
    `deployment-${id}`,
    [
      '1 12:00',
      'DeploymentRequested',
      {
        kind,
        target: { serviceId: service, environmentId: environment, wave },
        production,
        digests: [digest],
        ...(change !== null && { changeId: change }),
        ...(release && { releaseId: release }),
        ...(undoes && { undoes }),
      },
    ],
    ...events,
  );
};

/** Started, took traffic and succeeded, an hour each before the instant of its end. */
export const rollsOut = (id: string, request: Request, day: string): readonly Fact[] =>
  run(
    id,
    request,
    [`${day} 10:00`, 'DeploymentStarted'],
    [`${day} 11:00`, 'TrafficTaken'],
    [`${day} 12:00`, 'DeploymentSucceeded'],
  );

type Impact = Readonly<{ services?: readonly string[]; environment?: string; detected: string; impact?: string }>;

export const incident = (
  id: string,
  { services = ['checkout'], environment, detected, impact }: Impact,
  ...events: readonly Told[]
) =>
  told(
    `incident-${id}`,
    [
      detected,
      'IncidentDetected',
      {
        serviceIds: services,
        impactStartedAt: at(impact ?? detected),
        ...(environment && { environmentId: environment }),
      },
    ],
    ...events,
  );

export const causedBy = (deploymentId: string, primary = true) => ({ kind: 'deployment', deploymentId, primary });

/** March 2026, asked on the 1st of April. */
export const march: Period = {
  from: Date.parse('2026-03-01T00:00:00Z'),
  to: Date.parse('2026-04-01T00:00:00Z'),
  now: Date.parse('2026-04-01T00:00:00Z'),
  zone: 'UTC',
  business: { zone: 'UTC', ...NINE_TO_FIVE },
};

export const figuresOf = (
  measure: string,
  facts: readonly Fact[],
  scope: Scope = {},
  period = march,
): Readonly<Record<string, Figure>> =>
  Object.fromEntries(
    definitionOf(measure)!
      .figures(knownOf(facts, scope), period)
      .map(figure => [figure.series, figure]),
  );

/** A change that was raised on the 1st, for the checkout in Frankfurt. */
export const change = (
  id: string,
  { model = 'normal', releases = [] }: Readonly<{ model?: string; releases?: readonly string[] }>,
  ...events: readonly Told[]
) =>
  told(
    `change-${id}`,
    [
      '1 00:00',
      'ChangeRaised',
      {
        model,
        releaseIds: releases,
        serviceIds: ['checkout'],
        content: { targets: [{ serviceId: 'checkout', environmentId: 'frankfurt', wave: 1 }] },
      },
    ],
    ...events,
  );

type Code = Readonly<{ commits?: readonly object[]; pullRequests?: readonly object[]; service?: string }>;

/** What a release attached on the 1st. */
export const attached = (release: string, digest: string, code: Code): readonly Fact[] => {
  const { commits = [], pullRequests = [], service: serviceId = 'checkout' } = code;
  const artifact = { serviceId, digest, repository: 'example/shop', commits, pullRequests };
  return told(`release-${release}`, ['1', 'ArtifactAttached', { artifact }]);
};

export const commit = (sha: string, committed: string) => ({ sha, author: 'person', committedAt: at(committed) });
