import { followingFor, following } from '@slipway/consumers';
import type { DeploymentEvent } from '@slipway/contracts';
import { notFound } from '@slipway/edge';
import { idOf, type Recorded } from '@slipway/event-sourcing';
import type { Service } from '@slipway/service';
import { type DeploymentView, deploymentRecord } from '../read/deployment.view.ts';
import { withElapsed } from '../read/elapsed.ts';

type Event = Recorded<DeploymentEvent>;
type Shown = DeploymentView & Readonly<{ id: string; number: string; version: number }>;

/** A deployment, and the event that made it so; as it is when there is none. Nothing but a position: all is as before. */
export type Update = Readonly<{
  position: number;
  event?: Readonly<{ type: string; actor: string; occurredAt: string }>;
  deployment?: Shown;
}>;

export type Watched = Readonly<{ stream?: string; serviceId?: string; environmentId?: string }>;
type Following = Readonly<{ after?: number; signal: AbortSignal }>;

const AT_ONCE = 100;
const HEARTBEAT_MS = 15_000;
const SETTLED = ['Succeeded', 'Failed', 'RolledBack', 'Canceled'];

/** One deployment, as it is and as it becomes, until it is settled; after a position only as it becomes. */
export async function* watchingOne(service: Service, stream: string, following: Following): AsyncGenerator<Update> {
  let seen = 0;
  let { after } = following;
  if (after === undefined) {
    after = await service.store.head();
    const events = await eventsOf(service, stream);
    seen = events.length;
    yield { position: after, deployment: await shown(service, stream, events) };
  } else if (await isOverAfter(service, stream, after)) return;
  for await (const update of watching(service, { stream }, { ...following, after }, () =>
    isOver(service, stream, seen),
  )) {
    seen = Math.max(seen, update.deployment?.version ?? 0);
    yield update;
  }
}

/** All of a service, of an environment, or all there are, from now on or after a position. */
export async function* watchingAll(service: Service, watched: Watched, following: Following): AsyncGenerator<Update> {
  const after = following.after ?? (await service.store.head());
  yield* watching(service, watched, { ...following, after }, async () => false);
}

/** Whether it is settled, and nothing was said of it after a position. */
export const isOverAfter = async (service: Service, stream: string, after: number): Promise<boolean> => {
  const { events } = await following(service.store, after, 1, { subject: stream });
  return events.length === 0 && isOver(service, stream, Infinity);
};

async function* watching(
  service: Service,
  watched: Watched,
  { after: from, signal }: Required<Following>,
  isOverNow: () => Promise<boolean>,
): AsyncGenerator<Update> {
  const wanted = watched.stream === undefined ? { category: 'deployment' } : { subject: watched.stream };
  for (let after = from; !signal.aborted && !(await isOverNow());) {
    const options = { ...wanted, after, limit: AT_ONCE, waitMs: HEARTBEAT_MS, signal };
    const { events, through } = await followingFor(service.store, service.hints, options);
    for (const { position, ...event } of events) {
      const told = await toldOf(service, event as unknown as Event, watched);
      if (told) yield { position, ...told };
    }
    after = through;
    yield { position: after };
  }
}

const toldOf = async (
  service: Service,
  { stream, version, type, data }: Event,
  watched: Watched,
): Promise<Omit<Update, 'position'> | undefined> => {
  const events = (await eventsOf(service, stream)).slice(0, version);
  if (!isWatched(folded(events), watched)) return undefined;
  const event = { type, actor: data.actor, occurredAt: data.occurredAt };
  return { event, deployment: await shown(service, stream, events) };
};

const isWatched = (deployment: DeploymentView | undefined, { serviceId, environmentId }: Watched): boolean =>
  deployment !== undefined &&
  (serviceId === undefined || deployment.serviceId === serviceId) &&
  (environmentId === undefined || deployment.environmentId === environmentId);

const isOver = async (service: Service, stream: string, seen: number): Promise<boolean> => {
  const events = await eventsOf(service, stream);
  return seen >= events.length && SETTLED.includes(folded(events)?.state ?? '');
};

const eventsOf = async ({ store }: Service, stream: string): Promise<readonly Event[]> => {
  const { events } = await store.read<Event>(stream);
  if (events.length === 0) throw notFound(`There is no deployment ${idOf(stream)}.`);
  return events;
};

const folded = (events: readonly Event[]) =>
  events.reduce<ReturnType<typeof deploymentRecord>>((view, event) => deploymentRecord(view, event), undefined);

/** As GET answers it, without what people said beside it. */
const shown = async (service: Service, stream: string, events: readonly Event[]): Promise<Shown> => {
  const { comments: _, files: __, ...view } = folded(events) as Parameters<typeof withElapsed>[0] & Said;
  const told = await service.opened(stream, withElapsed(view, new Date().toISOString()));
  const number = (await service.store.numbersOf([stream])).get(stream) ?? '';
  return { id: idOf(stream), number, version: events.length, ...(told as DeploymentView) };
};

type Said = Readonly<{ comments: unknown; files: unknown }>;
