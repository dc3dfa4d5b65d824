import type { ApplicationEvent } from '@slipway/contracts';
import type { Stamp } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';
import { registrationView } from './registration.view.ts';

type Stated = Omit<Extract<ApplicationEvent, Readonly<{ type: 'ApplicationRegistered' }>>['data'], keyof Stamp>;

export const applicationView = describedView('application', registrationView<ApplicationEvent, Stated>('Application'));
