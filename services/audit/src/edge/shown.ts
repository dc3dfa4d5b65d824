import { csvLine } from '@slipway/edge';
import type { Entry } from '../read/entries.query.ts';
import type { EntryDto } from './audit.dto.ts';

/** Numbers by stream; a record without one goes by its stream. */
export type Numbers = ReadonlyMap<string, string>;

/** Who and when apart from what. `data` comes with its sealed texts opened. */
export const shown = (entry: Entry, opened: Entry['data'], numbers: Numbers): EntryDto => {
  const { position, stream, version, event, type, causationId, correlationId, refersTo, changes } = entry;
  const { actor, onBehalfOf, issuer, acr, amr, client, occurredAt, recordedAt, source, ...data } = opened;
  const number = numbers.get(stream);
  return {
    position,
    ...(number && { number }),
    stream,
    version,
    event,
    type,
    actor,
    ...(onBehalfOf && { onBehalfOf }),
    occurredAt,
    recordedAt,
    source,
    issuer,
    ...(acr && { acr }),
    ...(amr && { amr: [...amr] }),
    ...(client && { client }),
    changes: changes.map(change => numbers.get(change) ?? change),
    ...(causationId && { causationId }),
    correlationId,
    refersTo: [...refersTo],
    data,
  };
};

const COLUMNS = [
  'position',
  'number',
  'stream',
  'version',
  'type',
  'actor',
  'onBehalfOf',
  'occurredAt',
  'recordedAt',
  'source',
  'changes',
  'causationId',
  'correlationId',
  'event',
  'data',
] as const satisfies readonly (keyof EntryDto)[];

/** With a line of names; RFC 4180. */
export const csvOf = (items: readonly EntryDto[]): string =>
  [COLUMNS, ...items.map(item => COLUMNS.map(column => cellOf(item[column])))].map(csvLine).join('');

const cellOf = (value: EntryDto[keyof EntryDto]): unknown => (Array.isArray(value) ? value.join(' ') : value);
