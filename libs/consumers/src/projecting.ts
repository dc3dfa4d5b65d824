import type pg from 'pg';
import type { Delivery, Projection, Subscription } from './subscription.ts';
import { isTracing, spanned, spannedDelivery } from './telemetry.ts';

/** A projection as a transport runs it. A known type without a handler is passed. */
export const projecting = (projection: Projection): Subscription => ({
  consumer: projection.consumer,
  categories: projection.categories,
  apply: 'applyAll' in projection ? asSet(projection) : oneByOne(projection),
});

type SetBased = Extract<Projection, { applyAll: unknown }>;
type ByHandler = Extract<Projection, { handlers: unknown }>;

const asSet =
  ({ consumer, applyAll }: SetBased): Subscription['apply'] =>
  (batch, client) =>
    isTracing()
      ? spanned(`${consumer} batch`, batch[0]?.traceparent, () => applyAll(batch, client))
      : applyAll(batch, client);

const oneByOne =
  ({ consumer, handlers, otherwise }: ByHandler): Subscription['apply'] =>
  async (batch: readonly Delivery[], client: pg.ClientBase) => {
    const traced = isTracing();
    for (const event of batch) {
      const handler = Object.hasOwn(handlers, event.type) ? handlers[event.type] : otherwise;
      if (!handler) continue;
      if (traced) await spannedDelivery(consumer, event, () => handler(event, client));
      else await handler(event, client);
    }
  };
