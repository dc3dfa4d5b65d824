import { isBefore } from '@slipway/canonical';
import type { IncidentEvent } from '@slipway/contracts';
import type { Stamp } from '@slipway/event-sourcing';
import { type Historic, type Importing, namedRecord, oneNamed } from '@slipway/records';
import type { Service } from '@slipway/service';
import { idsNamed } from '../read/known-names.query.ts';
import type { ImportedIncidentDto } from './imported-incidents.dto.ts';

type Row = ImportedIncidentDto;
type Facts = Omit<Extract<IncidentEvent, { type: 'IncidentImported' }>['data'], keyof Stamp | 'origin'>;

/** Looks once for the services and environments that the rows name. */
export const readingIncidents =
  ({ dataSource }: Service): Importing<Row>['reading'] =>
  async (rows, system) => {
    const services = await idsNamed(
      dataSource,
      'service',
      rows.flatMap(each => each.services),
    );
    const environments = await idsNamed(
      dataSource,
      'environment',
      rows.flatMap(each => each.environment ?? []),
    );
    return row => {
      const affected = row.services.map(name => oneNamed('service', name, services));
      const environment =
        row.environment === undefined ? { id: undefined } : oneNamed('environment', row.environment, environments);
      for (const each of [...affected, environment]) if ('code' in each) return each;
      return historicOf(row, system, {
        serviceIds: [...new Set(affected.flatMap(each => ('id' in each ? [each.id] : [])))],
        ...('id' in environment && environment.id !== undefined && { environmentId: environment.id }),
      });
    };
  };

type Where = Pick<Facts, 'serviceIds' | 'environmentId'>;

const historicOf = (row: Row, system: string, where: Where): Historic => {
  const { key: _, url: __, services: ___, environment: ____, causes = [], ...said } = row;
  const facts: Facts = {
    ...where,
    ...said,
    major: row.major ?? false,
    namedCauses: causes.map(({ kind, record }) => ({
      kind,
      ...(record && { record: namedRecord(kind === 'change' ? 'change' : 'deployment', record, system) }),
    })),
  };
  return { occurredAt: row.detectedAt, facts, contradictions: contradictionsIn(row) };
};

const MOMENTS = ['acknowledgedAt', 'mitigatedAt', 'resolvedAt', 'closedAt', 'canceledAt'] as const;

/** What does not go together: kept as it is said, since leaving it out would be another lie. */
const contradictionsIn = (row: Row): readonly string[] => {
  const { detectedAt, impactStartedAt = detectedAt, mitigatedAt, resolvedAt } = row;
  return [
    ...MOMENTS.flatMap(moment => {
      const at = row[moment];
      return at !== undefined && isBefore(at, detectedAt) ? [`${moment.slice(0, -2)}-before-detected`] : [];
    }),
    ...(isBefore(detectedAt, impactStartedAt) ? ['detected-before-impact'] : []),
    ...(mitigatedAt !== undefined && resolvedAt !== undefined && isBefore(resolvedAt, mitigatedAt)
      ? ['resolved-before-mitigated']
      : []),
  ];
};
