import { startService } from '@slipway/service';
import { notification } from './module.ts';

await startService(notification);
