import type { EnvironmentEvent, EnvironmentStated } from '@slipway/contracts';
import type { Stamp } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';
import { registrationView } from './registration.view.ts';

type Stated = Omit<EnvironmentStated['data'], keyof Stamp>;

export const environmentView = describedView('environment', registrationView<EnvironmentEvent, Stated>('Environment'));
