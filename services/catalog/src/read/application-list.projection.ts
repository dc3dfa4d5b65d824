import type { RowOf } from '@slipway/consumers';
import type { ApplicationEvent } from '@slipway/contracts';
import type { ApplicationRow } from './application-list.entity.ts';
import { registrationRows } from './registration.row.ts';

type Stated = Extract<ApplicationEvent, Readonly<{ type: 'ApplicationRegistered' }>>['data'];

export const applicationList = registrationRows<Stated, RowOf<ApplicationRow>>({
  name: 'Application',
  category: 'application',
  consumer: 'catalog.applications',
  table: 'applications_v1',
  numbered: true,
  columns: ({ name, title, ownerTeam, serviceIds }) => ({ name, title, ownerTeam, serviceIds }),
});
