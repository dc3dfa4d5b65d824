import type { Delivery } from '@slipway/consumers';
import { recordFactIn } from '@slipway/contracts';
import type { Message } from '@slipway/event-sourcing';

/** What the row of every list of records has. */
export type DescribedRow = Readonly<{
  title?: string;
  labels: readonly string[];
  /** Keys in other systems. */
  refs: readonly string[];
}>;

type Fold<Event extends Message, Row> = (row: Row | undefined, event: Delivery<Event>) => Row | undefined;

/** The fold of a list's row, with what people said of the record. Its own fold sees those facts too: they count in its version. */
export const describedRow =
  <Event extends Message, Row extends DescribedRow>(category: string, own: Fold<Event, Row>): Fold<Event, Row> =>
  (row, event) => {
    const after = own(row, event);
    const fact = recordFactIn(category, event);
    if (!after || fact?.type !== 'DetailsChanged') return after;
    const { title, labels = after.labels, externalRefs, owner } = fact.data;
    return {
      ...after,
      labels,
      ...(title !== undefined && 'title' in after && { title }),
      ...(externalRefs && { refs: externalRefs.map(({ key }) => key) }),
      ...(owner !== undefined && 'owner' in after && { owner }),
    };
  };
