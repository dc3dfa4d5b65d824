import { factsOf, type Message, type Recorded, type Stamp } from '@slipway/event-sourcing';

export type RegistrationStanding = 'Registered' | 'Retired';

/** What is stated of a record of the catalog, and how it stands. */
export type Registration<Stated> = Stated &
  Readonly<{
    state: RegistrationStanding;
    /** Of a retired one. */
    retired?: Readonly<{ by: string; at: string; reason: string }>;
    registeredAt: string;
    updatedAt: string;
    owner?: string;
    description?: string;
  }>;

type Stating<Stated> = Message<string, Stated & Stamp>;

/** The view of one record: `name` is what its events are called after, `Service`. */
export const registrationView =
  <Event extends Message, Stated extends object>(name: string) =>
  (view: Registration<Stated> | undefined, event: Recorded<Event>): Registration<Stated> | undefined => {
    const { type, data } = event as Message as Stating<Stated>;
    if (type === `${name}Registered` || type === `${name}Updated`)
      return {
        ...(factsOf(data) as unknown as Stated),
        ...talkOf(view),
        state: 'Registered',
        registeredAt: view?.registeredAt ?? data.recordedAt,
        updatedAt: data.recordedAt,
      };
    const after = view && { ...view, updatedAt: data.recordedAt };
    if (type !== `${name}Retired`) return after;
    const { reason } = data as unknown as Readonly<{ reason: string }>;
    return after && { ...after, state: 'Retired', retired: { by: data.actor, at: data.recordedAt, reason } };
  };

// What people say of a record stays when it is stated anew.
const talkOf = (view: Readonly<{ owner?: string; description?: string }> | undefined) => ({
  ...(view?.owner !== undefined && { owner: view.owner }),
  ...(view?.description !== undefined && { description: view.description }),
});
