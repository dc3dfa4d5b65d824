import type { Stamp } from '@slipway/event-sourcing';

/** The facts of an event alone: who and when stands in the trail. */
export const withoutStamp = <Facts extends object>(data: Facts & Stamp): Omit<Facts, keyof Stamp> => {
  const {
    actor: _actor,
    onBehalfOf: _onBehalfOf,
    issuer: _issuer,
    acr: _acr,
    amr: _amr,
    client: _client,
    occurredAt: _occurredAt,
    recordedAt: _recordedAt,
    source: _source,
    ...facts
  } = data;
  return facts as Omit<Facts, keyof Stamp>;
};
