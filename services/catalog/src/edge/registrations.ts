import { nameOf } from '@slipway/contracts';
import type { AnyDecider } from '@slipway/event-store';
import type { Message, Recorded } from '@slipway/event-sourcing';
import type { RecordView, Service } from '@slipway/service';
import { applicationView } from '../read/application.view.ts';
import { environmentView } from '../read/environment.view.ts';
import type { RegistrationStanding } from '../read/registration.view.ts';
import { serviceView } from '../read/service.view.ts';
import { teamView } from '../read/team.view.ts';
import { idOfName, type Named } from './references.ts';

type Shown = Readonly<{ state: RegistrationStanding }> & Readonly<Record<string, unknown>>;
type View = (view: Shown | undefined, event: Recorded) => Shown | undefined;

const VIEWS: Readonly<Record<Named, RecordView<never>>> = {
  service: serviceView,
  environment: environmentView,
  application: applicationView,
  team: teamView,
};

const recordOf = (category: Named, events: readonly Recorded[]): Shown | undefined =>
  events.reduce<Shown | undefined>(VIEWS[category] as unknown as View, undefined);

/** The stream that a name belongs to. */
export const streamOfName = (category: Named, name: string): string => `${category}-${idOfName[category](name)}`;

/** With what the record was told by others: comments too are in its stream. */
export const deciderOf = (service: Service, category: Named): AnyDecider =>
  (service.definition.deciders as Readonly<Record<string, AnyDecider>>)[category] as AnyDecider;

/** Brings a record to a statement: registers it, or updates it where it is in use. */
export const statingCommand =
  (category: Named, name: string, statement: object) =>
  (before: readonly Recorded[]): Message =>
    recordOf(category, before)?.state === 'Registered'
      ? { type: `Update${nameOf(category)}`, data: statement }
      : { type: `Register${nameOf(category)}`, data: { name, ...statement } };

export const isInUse = (category: Named, events: readonly Recorded[]): boolean =>
  recordOf(category, events)?.state === 'Registered';

const ASIDE = new Set(['registeredAt', 'updatedAt', 'retired', 'comments', 'files']);

/** What an import tells the difference of. */
export const shownOf =
  (category: Named) =>
  (events: readonly Recorded[]): object =>
    Object.fromEntries(Object.entries(recordOf(category, events) ?? {}).filter(([field]) => !ASIDE.has(field)));
