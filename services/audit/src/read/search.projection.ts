import { type Delivery, type RowOf, rowPerStream } from '@slipway/consumers';
import { categories, recordFactIn } from '@slipway/contracts';
import { EVERYWHERE, type Place } from '@slipway/edge';
import { categoryOf, idOf, type Message, type Stamp } from '@slipway/event-sourcing';
import { placingOfCategory } from '@slipway/records';
import type { FoundRow } from './search.entity.ts';

type Row = RowOf<FoundRow>;
/** What the events of any record say of it, as far as it is published. */
type Said = Stamp & Readonly<{ title?: unknown; name?: unknown }>;
type AnyEvent = Message<string, object>;

/** Records that people talk about, and what the catalog names. */
export const SEARCHED = categories
  .filter(
    ({ prefix, facts }) => prefix !== undefined || Object.keys(facts).some(type => type.endsWith('DetailsChanged')),
  )
  .map(({ name }) => name);

type Placed = Pick<Row, 'services' | 'environments' | 'placed'>;

const placedAt = (places: readonly Place[], placed: Row['placed']): Placed => ({
  services: places.map(({ serviceId = '' }) => serviceId),
  environments: places.map(({ environmentId = '' }) => environmentId),
  placed,
});

const placedAfter = (before: Row['placed'], event: Delivery<AnyEvent>): Placed => {
  if (!before) return placedAt([EVERYWHERE], null);
  const placing = placingOfCategory(categoryOf(event.stream));
  const state = placing.evolve(before['state'] ?? placing.initialState, event);
  return placedAt(placing.places(state, idOf(event.stream)), { state });
};

const first = (event: Delivery<AnyEvent>): Row | undefined => {
  const { stream, version, data } = event;
  const { title, name, recordedAt } = data as Said;
  if (typeof title !== 'string') return undefined;
  return {
    id: idOf(stream),
    category: categoryOf(stream),
    number: null,
    title,
    name: typeof name === 'string' ? name : null,
    labels: [],
    refs: [],
    // What came before it had a title may have said where it is.
    ...placedAfter(version === 1 ? {} : null, event),
    since: recordedAt,
    version,
  };
};

const after = (row: Row, event: Delivery<AnyEvent>): Row => {
  const { title = row.title } = event.data as Said;
  const fact = recordFactIn(row.category, event);
  const { labels = row.labels, externalRefs } = fact?.type === 'DetailsChanged' ? fact.data : {};
  return {
    ...row,
    title: typeof title === 'string' ? title : row.title,
    labels: [...labels],
    refs: externalRefs ? externalRefs.map(({ key }) => key) : row.refs,
    ...placedAfter(row.placed, event),
    version: event.version,
  };
};

/** One row for whatever can be found. */
export const found = rowPerStream<AnyEvent, Row>({
  consumer: 'audit.found',
  categories: SEARCHED,
  table: 'found_v1',
  numbered: true,
  fold: (row, event) => (row ? after(row, event) : first(event)),
});
