import type { PersonEvent, PersonStated } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

export type PersonView = Readonly<{
  pseudonym: string;
  kind: PersonStated['data']['kind'];
  alsoKnownAs: readonly string[];
  registeredAt: string;
}>;

export const personView = (
  view: PersonView | undefined,
  { stream, type, data }: Recorded<PersonEvent>,
): PersonView | undefined =>
  type === 'PersonRegistered' || type === 'PersonUpdated'
    ? {
        pseudonym: stream,
        kind: data.kind,
        alsoKnownAs: data.alsoKnownAs,
        registeredAt: view?.registeredAt ?? data.recordedAt,
      }
    : view;
