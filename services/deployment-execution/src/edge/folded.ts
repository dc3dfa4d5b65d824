import type { EventStore } from '@slipway/event-store';
import type { Message, Recorded } from '@slipway/event-sourcing';

/** A record as its stream says it, sealed texts as they are. */
export const folded = async <Event extends Message, View>(
  store: EventStore,
  stream: string,
  view: (view: View | undefined, event: Recorded<Event>) => View | undefined,
): Promise<Readonly<{ view: View | undefined; version: number }>> => {
  const { events, version } = await store.read<Event>(stream);
  return { view: events.reduce<View | undefined>((seen, event) => view(seen, event), undefined), version };
};
