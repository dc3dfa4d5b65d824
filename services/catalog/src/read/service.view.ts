import type { ServiceEvent, ServiceStated } from '@slipway/contracts';
import type { Stamp } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';
import { registrationView } from './registration.view.ts';

type Stated = Omit<ServiceStated['data'], keyof Stamp>;

export const serviceView = describedView('service', registrationView<ServiceEvent, Stated>('Service'));
