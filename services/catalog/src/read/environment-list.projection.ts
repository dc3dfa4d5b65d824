import type { RowOf } from '@slipway/consumers';
import type { EnvironmentStated } from '@slipway/contracts';
import type { EnvironmentRow } from './environment-list.entity.ts';
import { registrationRows } from './registration.row.ts';

export const environmentList = registrationRows<EnvironmentStated['data'], RowOf<EnvironmentRow>>({
  name: 'Environment',
  category: 'environment',
  consumer: 'catalog.environments',
  table: 'environments_v1',
  columns: stated => ({
    name: stated.name,
    title: stated.title,
    tier: stated.tier,
    region: stated.region,
    timeZone: stated.timeZone,
    aliases: stated.aliases,
    openness: stated.openness,
    ownerTeam: stated.ownerTeam ?? null,
    certified: stated.certified ?? null,
    dataClass: stated.dataClass ?? null,
    topology: stated.topology ?? null,
    middleware: stated.middleware ?? null,
  }),
});
