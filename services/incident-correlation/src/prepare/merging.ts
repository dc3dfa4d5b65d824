import type { IncidentEvent } from '@slipway/contracts';
import { fold } from '@slipway/event-sourcing';
import type { Prepare } from '@slipway/service';
import { evolve, type Incident } from '../domain/incident-state.ts';
import type { AbsorbIncident, CancelIncident, MergeIncident } from '../domain/incident-commands.ts';
import type { Sources } from './settled.ts';

type Read = Readonly<{ stream: string; version: number; incident: Incident }>;

const LONGEST_CHAIN = 50;

const read = async ({ store }: Sources, id: string): Promise<Read> => {
  const stream = `incident-${id}`;
  const { events, version } = await store.read<IncidentEvent>(stream);
  return { stream, version, incident: fold({ initialState: { status: 'none' }, evolve }, events) };
};

/** How the incident stands that it is merged into, and where that one went: it must be so when they are merged. */
export const prepareMerge: Prepare = async (command, _to, sources) => {
  const data = command.data as MergeIncident['data'];
  if (data.intoIncidentId === data.incidentId) return { command };
  const seen = [await read(sources, data.intoIncidentId)];
  const chain: string[] = [];
  for (
    let next = whereTo(seen.at(-1));
    next !== undefined && chain.length < LONGEST_CHAIN;
    next = whereTo(seen.at(-1))
  ) {
    chain.push(next);
    if (next === data.incidentId) break;
    seen.push(await read(sources, next));
  }
  const status = seen[0]?.incident.status ?? 'none';
  const checks = seen.filter(({ version }) => version > 0).map(({ stream, version }) => ({ stream, expect: version }));
  return { command: { ...command, data: { ...data, into: { status, chain } } }, checks };
};

/** How the incident stands that it repeats: what is canceled itself does not go on. */
export const prepareCancellation: Prepare = async (command, _to, sources) => {
  const data = command.data as CancelIncident['data'];
  if (data.duplicateOf === undefined || data.duplicateOf === data.incidentId) return { command };
  const { stream, version, incident } = await read(sources, data.duplicateOf);
  const checks = version > 0 ? [{ stream, expect: version }] : [];
  return { command: { ...command, data: { ...data, repeats: incident.status } }, checks };
};

const whereTo = (last: Read | undefined): string | undefined =>
  last && 'mergedInto' in last.incident ? last.incident.mergedInto : undefined;

/** Why the impact began earlier, where it did: a process has no key to seal it. */
export const prepareAbsorption: Prepare = async (command, to, sources) => {
  const data = command.data as AbsorbIncident['data'];
  const reason = await sources.seal(to, 'An incident that was merged into this one began earlier.');
  return { command: { ...command, data: { ...data, reason } } };
};
