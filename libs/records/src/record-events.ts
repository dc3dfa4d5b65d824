import { type Asked, invalidPageToken, Listing, type ListQuery, type Page, paged, pageOf } from '@slipway/edge';
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
  const from = versionIn(page);
  const rows = events.slice(from, from + page.limit).map(async event => ({
    cursor: [String(event.version)],
    item: await shown(service, stream, event),
  }));
  const { items, nextPageToken } = paged(await Promise.all(rows), page);
  return new Listing(items, await service.store.head(), nextPageToken);
};

// A token of another list is well formed, and says no version.
const versionIn = ({ after: [version = '0'] = [] }: Page): number => {
  if (/^\d{1,9}$/.test(version)) return Number(version);
  throw invalidPageToken();
};

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
