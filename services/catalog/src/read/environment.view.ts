import type { EnvironmentEvent } from '@slipway/contracts';
import type { Recorded, Stamp } from '@slipway/event-sourcing';

export type EnvironmentView = Omit<EnvironmentEvent['data'], keyof Stamp> &
  Readonly<{ registeredAt: string; updatedAt: string }>;

export const environmentView = (
  view: EnvironmentView | undefined,
  { data }: Recorded<EnvironmentEvent>,
): EnvironmentView => ({
  name: data.name,
  title: data.title,
  tier: data.tier,
  region: data.region,
  timeZone: data.timeZone,
  aliases: data.aliases,
  openness: data.openness,
  registeredAt: view?.registeredAt ?? data.recordedAt,
  updatedAt: data.recordedAt,
});
