import type { PersonEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

export type PersonView = Readonly<{
  pseudonym: string;
  kind: PersonEvent['data']['kind'];
  alsoKnownAs: readonly string[];
  registeredAt: string;
}>;

export const personView = (view: PersonView | undefined, { stream, data }: Recorded<PersonEvent>): PersonView => ({
  pseudonym: stream,
  kind: data.kind,
  alsoKnownAs: data.alsoKnownAs,
  registeredAt: view?.registeredAt ?? data.recordedAt,
});
