import { type Delivery, type Projection, type RowOf, rowPerStream } from '@slipway/consumers';
import { nameOf, type Origin } from '@slipway/contracts';
import { idOf, type Message, type Stamp } from '@slipway/event-sourcing';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type RecordList, recordList } from './record-list.ts';

/** A record of history, with its facts as they were imported last. The table is in the schema of the service. */
@Entity({ name: 'imported_v1' })
export class ImportedRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'text', nullable: true }) number!: string | null;
  @Column({ type: 'text' }) system!: string;
  @Column({ type: 'text' }) key!: string;
  @Column({ type: 'text' }) batch!: string;
  @Column({ name: 'service_ids', type: 'text', array: true }) serviceIds!: string[];
  @Column({ name: 'environment_ids', type: 'text', array: true }) environmentIds!: string[];
  @Column({ type: 'jsonb' }) facts!: Readonly<Record<string, unknown>>;
  @Column({ name: 'occurred_at', type: 'timestamptz' }) occurredAt!: Date;
  @Column({ name: 'imported_at', type: 'timestamptz' }) importedAt!: Date;
  @Column({ type: 'int' }) version!: number;
}

type Imported = Message<string, Stamp & Readonly<{ origin: Origin }> & Readonly<Record<string, unknown>>>;
type Where = Readonly<{ serviceIds: readonly string[]; environmentIds: readonly string[] }>;

/** Records of history, the facts of each. `where`: what they say of services and environments. */
export const importedRecords = <Event extends Message>(
  category: string,
  consumer: string,
  where: (data: Event['data']) => Where,
): Projection =>
  rowPerStream<Imported, RowOf<ImportedRow>>({
    consumer,
    categories: [category],
    table: 'imported_v1',
    numbered: true,
    fold: (row, event) => {
      if (event.type === `${nameOf(category)}Imported`) return rowOf(event, where(event.data as Event['data']), row);
      return row && { ...row, version: event.version };
    },
  });

const rowOf = (
  { stream, version, data }: Delivery<Imported>,
  { serviceIds, environmentIds }: Where,
  before: RowOf<ImportedRow> | undefined,
): RowOf<ImportedRow> => {
  const { origin, occurredAt, recordedAt, actor: _, issuer: __, source: ___, ...facts } = data;
  return {
    id: idOf(stream),
    number: before?.number ?? null,
    system: origin.system,
    key: origin.key,
    batch: origin.batch,
    serviceIds: [...serviceIds],
    environmentIds: [...environmentIds],
    facts: { ...(origin.url !== undefined && { url: origin.url }), ...facts },
    occurredAt,
    importedAt: recordedAt,
    version,
  };
};

export type ImportedFilter = Readonly<{
  id?: string;
  system?: string;
  ref?: string;
  batch?: string;
  service?: string;
  environment?: string;
  from?: string;
  to?: string;
}>;

/** The last that happened first. Services and environments by their ids. */
export const importedList: RecordList<ImportedFilter> = recordList<ImportedRow, ImportedFilter>({
  entity: ImportedRow,
  at: 'occurredAt',
  conditions: {
    id: '(list.id = :id OR list.number = :id)',
    system: 'list.system = :system',
    ref: 'list.key = :ref',
    batch: 'list.batch = :batch',
    service: 'list.serviceIds @> ARRAY[:service]',
    environment: 'list.environmentIds @> ARRAY[:environment]',
    from: 'list.occurredAt >= :from',
    to: 'list.occurredAt < :to',
  },
  places: `SELECT service, environment FROM unnest(coalesce(nullif(list.serviceIds, '{}'), ARRAY[''])) AS service,
    unnest(coalesce(nullif(list.environmentIds, '{}'), ARRAY[''])) AS environment`,
  item: ({ number, occurredAt, importedAt, ...row }) => ({
    ...row,
    ...(number && { number }),
    occurredAt: occurredAt.toISOString(),
    importedAt: importedAt.toISOString(),
  }),
});
