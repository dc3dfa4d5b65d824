import type { Projection, Subscription } from './subscription.ts';
import { spannedDelivery } from './telemetry.ts';

/** A projection as a transport runs it. A known type without a handler is passed. */
export const projecting = ({ consumer, categories, handlers, otherwise }: Projection): Subscription => ({
  consumer,
  categories,
  apply: async (batch, client) => {
    for (const event of batch) {
      const handler = Object.hasOwn(handlers, event.type) ? handlers[event.type] : otherwise;
      if (handler) await spannedDelivery(consumer, event, () => handler(event, client));
    }
  },
});
