import type { Page, Row } from '@slipway/edge';
import { type DataSource, In } from 'typeorm';
import { ReleaseRow } from './release-list.entity.ts';
import { ReleaseTrainRow } from './release-train-list.entity.ts';

export type TrainFilter = Readonly<{ q?: string; state?: string; ref?: string; label?: string }>;

const CONDITIONS: Readonly<Record<keyof TrainFilter, string>> = {
  q: '(strpos(lower(t.title), lower(:q)) > 0 OR strpos(lower(t.number), lower(:q)) > 0)',
  state: 't.state = :state',
  ref: 't.refs @> ARRAY[:ref]',
  label: 't.labels @> ARRAY[:label]',
};

/** The last planned first. */
export const listTrains = async (source: DataSource, filter: TrainFilter, page: Page): Promise<readonly Row[]> => {
  const query = source
    .getRepository(ReleaseTrainRow)
    .createQueryBuilder('t')
    .orderBy('t.plannedAt', 'DESC')
    .addOrderBy('t.id')
    .limit(page.limit);
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined) query.andWhere(CONDITIONS[name as keyof TrainFilter], { [name]: value });
  const [at, id] = page.after ?? [];
  if (at && id) query.andWhere('t.plannedAt <= :at AND (t.plannedAt < :at OR t.id > :id)', { at, id });
  const rows = await query.getMany();
  return rows.map(row => ({ cursor: [row.plannedAt.toISOString(), row.id], item: itemOf(row) }));
};

const itemOf = ({ number, plannedAt, updatedAt, ...row }: ReleaseTrainRow) => ({
  ...row,
  ...(number && { number }),
  plannedAt: plannedAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

export type Passenger = Readonly<{ id: string; number?: string; title: string; state: string }>;

/** By departure: the releases that are aboard. */
export const passengersOf = async (
  source: DataSource,
  train: string,
  departures: readonly string[],
): Promise<ReadonlyMap<string, readonly Passenger[]>> => {
  const rows = await source.getRepository(ReleaseRow).find({
    where: { train, departure: In(departures.map(each => new Date(each))) },
    order: { draftedAt: 'ASC', id: 'ASC' },
    take: MOST_PASSENGERS,
  });
  const passengers = rows.map(({ departure, id, number, title, state }) => ({
    departure: departure?.toISOString() ?? '',
    release: { id, ...(number && { number }), title, state },
  }));
  return new Map(
    departures.map(departure => [
      departure,
      passengers.filter(each => each.departure === departure).map(({ release }) => release),
    ]),
  );
};

const MOST_PASSENGERS = 2_000;
