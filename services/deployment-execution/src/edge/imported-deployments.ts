import { isBefore } from '@slipway/canonical';
import type { DeploymentEvent } from '@slipway/contracts';
import type { Stamp } from '@slipway/event-sourcing';
import { type Historic, type Importing, namedRecord, oneNamed } from '@slipway/records';
import type { Service } from '@slipway/service';
import { idsNamed, productionAmong } from '../read/known-names.query.ts';
import type { ImportedDeploymentDto } from './imported-deployments.dto.ts';

type Row = ImportedDeploymentDto;
type Facts = Omit<Extract<DeploymentEvent, { type: 'DeploymentImported' }>['data'], keyof Stamp | 'origin'>;

/** Looks once for the services and environments that the rows name. */
export const readingDeployments =
  ({ dataSource }: Service): Importing<Row>['reading'] =>
  async (rows, system) => {
    const services = await idsNamed(
      dataSource,
      'service',
      rows.map(each => each.service),
    );
    const environments = await idsNamed(
      dataSource,
      'environment',
      rows.map(each => each.environment),
    );
    const production = await productionAmong(dataSource, [...environments.values()].flat());
    return row => {
      const service = oneNamed('service', row.service, services);
      if ('code' in service) return service;
      const environment = oneNamed('environment', row.environment, environments);
      if ('code' in environment) return environment;
      return historicOf(row, system, {
        serviceId: service.id,
        environmentId: environment.id,
        production: production.has(environment.id),
      });
    };
  };

type Where = Pick<Facts, 'serviceId' | 'environmentId' | 'production'>;

const historicOf = (row: Row, system: string, where: Where): Historic => {
  const { key: _, url: __, service: ___, environment: ____, change, undoes, remediates, ...said } = row;
  const facts: Facts = {
    ...where,
    ...said,
    kind: row.kind ?? 'planned',
    digests: row.digests ?? [],
    commits: row.commits ?? [],
    ...(change && { change: namedRecord('change', change, system) }),
    ...(undoes && { undoes: namedRecord('deployment', undoes, system) }),
    ...(remediates && {
      remediates: { record: remediates.record, ...namedRecord(remediates.record, remediates, system) },
    }),
  };
  return { occurredAt: row.finishedAt ?? row.startedAt, facts, contradictions: contradictionsIn(row) };
};

const ends = (row: Row): string => row.finishedAt ?? row.startedAt;

/** What does not go together: kept as it is said, since leaving it out would be another lie. */
const CONTRADICTIONS: Readonly<Record<string, (row: Row) => boolean>> = {
  'finished-before-started': row => isBefore(ends(row), row.startedAt),
  'started-before-requested': row => row.requestedAt !== undefined && isBefore(row.startedAt, row.requestedAt),
  'rolled-back-before-started': row => row.rolledBackAt !== undefined && isBefore(row.rolledBackAt, row.startedAt),
  'ended-without-an-end': row => row.outcome !== 'unfinished' && row.finishedAt === undefined,
  'unfinished-with-an-end': row => row.outcome === 'unfinished' && row.finishedAt !== undefined,
  'deployed-before-committed': row => row.commits?.some(each => isBefore(ends(row), each.committedAt)) ?? false,
  'deployed-before-merged': row =>
    row.pullRequests?.some(each => each.mergedAt !== undefined && isBefore(ends(row), each.mergedAt)) ?? false,
  'rollback-of-nothing-named': row => row.kind === 'rollback' && row.undoes === undefined,
};

const contradictionsIn = (row: Row): readonly string[] =>
  Object.entries(CONTRADICTIONS).flatMap(([name, isSo]) => (isSo(row) ? [name] : []));
