import { type Delivery, type RowOf, rowPerStream } from '@slipway/consumers';
import { categories, recordFactIn } from '@slipway/contracts';
import { categoryOf, idOf, type Message, type Stamp } from '@slipway/event-sourcing';
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

const first = ({ stream, version, data }: Delivery<AnyEvent>): Row | undefined => {
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
