import { isBefore } from '@slipway/canonical';
import type { ChangeEvent } from '@slipway/contracts';
import type { Stamp } from '@slipway/event-sourcing';
import { type Historic, type Importing, oneNamed, type Unclear } from '@slipway/records';
import type { Service } from '@slipway/service';
import { idsNamed } from '../read/known-names.query.ts';
import type { ImportedChangeDto } from './imported-changes.dto.ts';

type Row = ImportedChangeDto;
type Facts = Omit<Extract<ChangeEvent, { type: 'ChangeImported' }>['data'], keyof Stamp | 'origin'>;

/** In the order in which they are expected. */
const MOMENTS = [
  'requestedAt',
  'approvalRequestedAt',
  'authorizedAt',
  'implementationStartedAt',
  'implementationEndedAt',
  'closedAt',
] as const;

/** Looks once for the services and environments that the rows name. */
export const readingChanges =
  ({ dataSource }: Service): Importing<Row>['reading'] =>
  async rows => {
    const services = await idsNamed(
      dataSource,
      'service',
      rows.flatMap(each => each.services ?? []),
    );
    const environments = await idsNamed(
      dataSource,
      'environment',
      rows.flatMap(each => each.environments ?? []),
    );
    return row => {
      const serviceIds = (row.services ?? []).map(name => oneNamed('service', name, services));
      const environmentIds = (row.environments ?? []).map(name => oneNamed('environment', name, environments));
      for (const each of [...serviceIds, ...environmentIds]) if ('code' in each) return each;
      return historicOf(row, { serviceIds: known(serviceIds), environmentIds: known(environmentIds) });
    };
  };

const known = (ids: readonly (Readonly<{ id: string }> | Unclear)[]): readonly string[] => [
  ...new Set(ids.flatMap(each => ('id' in each ? [each.id] : []))),
];

const historicOf = (row: Row, where: Pick<Facts, 'serviceIds' | 'environmentIds'>): Historic | Unclear => {
  const { key: _, url: __, services: ___, environments: ____, ...said } = row;
  const [occurredAt] = MOMENTS.flatMap(moment => row[moment] ?? []);
  if (occurredAt === undefined)
    return { code: 'no-moment', detail: `Name at least one moment of it: ${MOMENTS.join(', ')}.` };
  const facts: Facts = { ...where, ...said, breakGlass: row.breakGlass ?? false };
  return { occurredAt, facts, contradictions: contradictionsIn(row) };
};

/** What does not go together: kept as it is said, since leaving it out would be another lie. */
const contradictionsIn = (row: Row): readonly string[] => {
  const said = MOMENTS.filter(moment => row[moment] !== undefined);
  return [
    ...said.slice(1).flatMap((moment, nth) => {
      const before = said[nth] ?? moment;
      return isBefore(row[moment] ?? '', row[before] ?? '')
        ? [`${moment.slice(0, -2)}-before-${before.slice(0, -2)}`]
        : [];
    }),
    ...(row.state === 'closed' && row.closedAt === undefined ? ['closed-without-an-end'] : []),
    ...(row.state !== 'closed' && row.closeCode !== undefined ? ['close-code-without-a-close'] : []),
  ];
};
