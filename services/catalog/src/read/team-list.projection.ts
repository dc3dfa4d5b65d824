import type { RowOf } from '@slipway/consumers';
import type { TeamEvent } from '@slipway/contracts';
import { registrationRows } from './registration.row.ts';
import type { TeamRow } from './team-list.entity.ts';

type Stated = Extract<TeamEvent, Readonly<{ type: 'TeamRegistered' }>>['data'];

export const teamList = registrationRows<Stated, RowOf<TeamRow>>({
  name: 'Team',
  category: 'team',
  consumer: 'catalog.teams',
  table: 'teams_v1',
  numbered: true,
  columns: ({ name, title, members, onCall }) => ({ name, title, members, onCall: onCall ?? null }),
});
