import type { RowOf } from '@slipway/consumers';
import type { ServiceStated } from '@slipway/contracts';
import { registrationRows } from './registration.row.ts';
import type { ServiceRow } from './service-list.entity.ts';

export const serviceList = registrationRows<ServiceStated['data'], RowOf<ServiceRow>>({
  name: 'Service',
  category: 'service',
  consumer: 'catalog.services',
  table: 'services_v1',
  columns: stated => ({
    name: stated.name,
    title: stated.title,
    ownerTeam: stated.ownerTeam,
    criticality: stated.criticality,
    repositories: stated.repositories,
    alertLabels: stated.alertLabels,
    aliases: stated.aliases,
    dependencies: stated.dependencies,
    criticalOrImportantFunction: stated.criticalOrImportantFunction ?? null,
    inSoxScope: stated.inSoxScope ?? null,
    thirdPartyProvider: stated.thirdPartyProvider ?? null,
  }),
});
