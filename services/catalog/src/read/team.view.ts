import type { TeamEvent } from '@slipway/contracts';
import type { Stamp } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';
import { registrationView } from './registration.view.ts';

type Stated = Omit<Extract<TeamEvent, Readonly<{ type: 'TeamRegistered' }>>['data'], keyof Stamp>;

export const teamView = describedView('team', registrationView<TeamEvent, Stated>('Team'));
