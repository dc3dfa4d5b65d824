import type { Asked } from '@slipway/edge';
import { fold, isRejection, type Message, type Recorded, type Rejection } from '@slipway/event-sourcing';
import type { AnyDecider } from '@slipway/event-store';
import type { Service } from '@slipway/service';
import { differences, type FieldDifference } from './difference.ts';

export const OUTCOMES = ['added', 'changed', 'unchanged', 'retired', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const RECORDS = [
  'service',
  'environment',
  'application',
  'team',
  'person',
  'service-account',
  'role-grant',
] as const;

export type Imported = Readonly<{
  record: (typeof RECORDS)[number];
  name: string;
  outcome: Outcome;
  fields: readonly FieldDifference[];
  code?: string;
  detail?: string;
}>;

/** One record of an import: what is asked of which stream, and what is shown of it. */
export type Wanted = Readonly<{
  record: Imported['record'];
  name: string;
  stream: string;
  /** Depends on what the record is so far: nothing, when it is not there. */
  command: (before: readonly Recorded[]) => Message;
  decider: AnyDecider;
  /** What a person sees of the record. */
  shown: (events: readonly Recorded[]) => object;
}>;

/**
 * What the command does, or would do: decided by the same rules as every command. The same import again under the same
 * key finds its own events and tells the same.
 */
export const importRecord = async (
  service: Service,
  importing: Asked,
  { record, name, stream, command, decider, shown }: Wanted,
  dryRun: boolean,
): Promise<Imported> => {
  const asked = importing.part(stream);
  const { events } = await service.store.read(stream);
  const own = dryRun ? -1 : events.findIndex(event => event.key === asked.key);
  const before = own < 0 ? events : events.slice(0, own);
  const wanted = command(before);
  const decision = decider.decide({ ...wanted, stamp: asked.stamp }, fold(decider, before));
  if (isRejection(decision)) return refused({ record, name }, decision);
  if (decision.length === 0) return { record, name, outcome: 'unchanged', fields: [] };
  if (!dryRun) {
    const outcome = await service.attempt(asked, { stream, command: wanted, creates: true });
    if (isRejection(outcome)) return refused({ record, name }, outcome);
  }
  const after = [...before, ...decision.map(event => event as Recorded)];
  const fields = differences(before.length === 0 ? undefined : shown(before), shown(after));
  return { record, name, outcome: before.length === 0 ? 'added' : 'changed', fields };
};

export const refused = (of: Pick<Imported, 'record' | 'name'>, { rejected, reason }: Rejection): Imported => ({
  ...of,
  outcome: 'refused',
  fields: [],
  code: rejected,
  detail: reason,
});
