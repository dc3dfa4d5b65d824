import type { ServiceEvent } from '@slipway/contracts';
import type { Recorded, Stamp } from '@slipway/event-sourcing';

export type ServiceView = Omit<ServiceEvent['data'], keyof Stamp> &
  Readonly<{ registeredAt: string; updatedAt: string }>;

export const serviceView = (view: ServiceView | undefined, { data }: Recorded<ServiceEvent>): ServiceView => ({
  name: data.name,
  title: data.title,
  ownerTeam: data.ownerTeam,
  criticality: data.criticality,
  repositories: data.repositories,
  alertLabels: data.alertLabels,
  aliases: data.aliases,
  dependencies: data.dependencies,
  registeredAt: view?.registeredAt ?? data.recordedAt,
  updatedAt: data.recordedAt,
});
