import { startService } from '@slipway/service';
import { publishingNotification } from './module.ts';

await startService(publishingNotification);
