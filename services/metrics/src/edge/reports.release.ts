import { type Asked, EVERYWHERE, notFound, type Place } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import { askingThrough, type Service } from '@slipway/service';
import type { AnsweredRelease } from '../report/answered-release.ts';
import { catalogFactsAt, deliveryFactsAt } from '../read/facts.query.ts';
import { releaseFactsAt } from '../read/release-facts.query.ts';
import { releaseSummary } from '../report/release-summary.ts';
import { ledgerOf, recordsOf } from '../rows/ledger.ts';
import { releasesOf, servicesOf } from '../rows/releases.ts';
import { periodOf } from './asked-period.ts';
import type { Reporting } from './reporting.ts';
import type { ReleaseReportQuery } from './reports.query.dto.ts';

/** What became of a release by a log position. 404 when there is none, 403 unless the asker reaches every service of it. */
export const releaseFor = async (
  { service, reporting }: Readonly<{ service: Service; reporting: Reporting }>,
  asked: Asked,
  idOrNumber: string,
  query: ReleaseReportQuery,
): Promise<AnsweredRelease> => {
  const now = Date.now();
  const { period: askedFor } = periodOf(query, now);
  const period = { ...askedFor, from: 0, to: now + 1, now };
  const stream = await service.streamOf('release', idOrNumber);
  const position = await reporting.positionOf(query, period.zone);
  const ask = askingThrough(service.dataSource);
  const own = await releaseFactsAt(ask, idOf(stream), position);
  const [release] = releasesOf(own);
  if (!release) throw notFound(`There is no release ${idOrNumber}.`);
  const serviceIds = servicesOf(release);
  for (const place of placesOf(serviceIds)) service.permit(asked, [place]);
  const facts = await Promise.all([catalogFactsAt(ask, position), deliveryFactsAt(ask, position, serviceIds)]);
  const summary = releaseSummary(ledgerOf(recordsOf([...own, ...facts.flat()])), release, period);
  return {
    id: release.id,
    ...(await numbersIn(service, release.id, summary)),
    zone: period.zone,
    asOf: new Date(now).toISOString(),
    position,
    ...summary,
  };
};

/** All of its services, wherever they run: what one breaks, others are told of. */
const placesOf = (serviceIds: readonly string[]): readonly Place[] =>
  serviceIds.length === 0 ? [EVERYWHERE] : serviceIds.map(serviceId => ({ serviceId, environmentId: '*' }));

/** By stream: what people call the records of a summary. */
const numbersIn = async (
  { store }: Service,
  id: string,
  { rollouts, rollbacks, hotfixes, changes, incidents }: ReturnType<typeof releaseSummary>,
): Promise<Pick<AnsweredRelease, 'number' | 'numbers'>> => {
  const runs = [...rollouts.flatMap(each => each.runs), ...rollbacks, ...hotfixes];
  const numbers = await store.numbersOf([
    `release-${id}`,
    ...runs.map(({ deploymentId }) => `deployment-${deploymentId}`),
    ...changes.map(({ changeId }) => `change-${changeId}`),
    ...incidents.map(({ incidentId }) => `incident-${incidentId}`),
  ]);
  const number = numbers.get(`release-${id}`);
  return { ...(number !== undefined && { number }), numbers: Object.fromEntries(numbers) };
};
