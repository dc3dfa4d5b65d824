import { Listing, type ListQuery, notFound, type Page, paged, pageOf, ProblemException } from '@slipway/edge';
import { categoryOf, idOf, type Stamp } from '@slipway/event-sourcing';
import type { Service } from '@slipway/service';

/** A page of the events of one record, with their free texts. From the stream itself, so that it is never behind. */
export const recordEvents = async (service: Service, stream: string, query: ListQuery): Promise<Listing> => {
  const page = pageOf(query);
  const from = versionIn(page) + 1;
  const { events, version } = await service.store.read(stream, from);
  if (version === 0) throw notFound(`There is no ${categoryOf(stream)} ${idOf(stream)}.`);
  const rows = events.slice(0, page.limit).map(async event => ({
    cursor: [String(event.version)],
    item: await shown(service, stream, event),
  }));
  const { items, nextPageToken } = paged(await Promise.all(rows), page);
  return new Listing(items, await service.store.head(), nextPageToken);
};

// A token of another list is well formed, and says no version.
const versionIn = ({ after: [version = '0'] = [] }: Page): number => {
  if (/^\d{1,9}$/.test(version)) return Number(version);
  const detail = 'pageToken takes a nextPageToken as it came.';
  throw new ProblemException({ status: 400, code: 'invalid-page-token', detail });
};

type Shown = Readonly<{ type: string; version: number; data: object }>;

const shown = async (service: Service, stream: string, { type, version, data }: Shown): Promise<object> => {
  const { actor, onBehalfOf, occurredAt, recordedAt, source, issuer: _, acr: __, amr: ___, client: ____, ...facts } =
    data as Stamp & Readonly<Record<string, unknown>>;
  const opened = await service.opened(stream, facts);
  return { version, type, actor, ...(onBehalfOf && { onBehalfOf }), occurredAt, recordedAt, source, facts: opened };
};
