import { type Delivery, type Projection, rowPerStream } from '@slipway/consumers';
import { idOf, type Message, type Stamp } from '@slipway/event-sourcing';
import { type DescribedRow, describedRow } from '@slipway/records';
import type { RegistrationStanding } from './registration.view.ts';

/** What the row of every record of the catalog has. */
export type RegistrationRow = DescribedRow &
  Readonly<{
    id: string;
    /** Of what has numbers. */
    number?: string | null;
    owner: string | null;
    state: RegistrationStanding;
    version: number;
  }>;

type Own = Exclude<keyof RegistrationRow, 'title'> | 'number';
type Of<Row, Stated> = Readonly<{
  /** `Service`: what its events are called after. */
  name: string;
  category: string;
  /** `catalog.services` */
  consumer: string;
  table: string;
  numbered?: boolean;
  /** The columns that are its own, each of them. */
  columns: (stated: Stated) => Omit<Row, Own>;
}>;

/** The list of one kind of record of the catalog: a row each, retired ones too. */
export const registrationRows = <Stated, Row extends RegistrationRow>({
  name,
  category,
  consumer,
  table,
  numbered = false,
  columns,
}: Of<Row, Stated>): Projection =>
  rowPerStream<Message, Row>({
    consumer,
    categories: [category],
    table,
    ...(numbered && { numbered: true as never }),
    fold: describedRow<Message, Row>(category, (row, event) => {
      const { type, version } = event;
      if (type === `${name}Retired`) return row && { ...row, version, state: 'Retired' };
      if (type !== `${name}Registered` && type !== `${name}Updated`) return row && { ...row, version };
      const own = { ...kept(row, event), ...(numbered && { number: row?.number ?? null }) };
      return { ...own, ...columns(event.data as Stated & Stamp) } as Row;
    }),
  });

const kept = (row: RegistrationRow | undefined, { stream, version }: Delivery): Omit<RegistrationRow, 'title'> => ({
  id: idOf(stream),
  labels: row?.labels ?? [],
  refs: row?.refs ?? [],
  owner: row?.owner ?? null,
  state: 'Registered',
  version,
});
