import { type Asked, Listing, type ListQuery, paged, pageOf } from '@slipway/edge';
import type { Stamp } from '@slipway/event-sourcing';
import type { Service } from '@slipway/service';

/** A page of the events of one record, with their free texts. From the stream itself, so that it is never behind. */
export const recordEvents = async (
  service: Service,
  asked: Asked,
  stream: string,
  query: ListQuery,
): Promise<Listing> => {
  const page = pageOf(query);
  const { events } = await service.read(stream, asked);
  const from = versionIn(page.after?.[0]);
  const rows = events.slice(from, from + page.limit).map(async event => ({
    cursor: [String(event.version)],
    item: await shown(service, stream, event),
  }));
  const { items, nextPageToken } = paged(await Promise.all(rows), page);
  return new Listing(items, await service.store.head(), nextPageToken);
};

// A page token is the caller's: what is no version in it begins anew.
const versionIn = (text = ''): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

type Shown = Readonly<{ type: string; version: number; data: object }>;

const shown = async (service: Service, stream: string, { type, version, data }: Shown): Promise<object> => {
  const {
    actor,
    onBehalfOf,
    occurredAt,
    recordedAt,
    source,
    issuer: _,
    acr: __,
    amr: ___,
    client: ____,
    ...facts
  } = data as Stamp & Readonly<Record<string, unknown>>;
  const opened = await service.opened(stream, facts);
  return { version, type, actor, ...(onBehalfOf && { onBehalfOf }), occurredAt, recordedAt, source, facts: opened };
};
