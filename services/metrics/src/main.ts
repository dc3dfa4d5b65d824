import { startService } from '@slipway/service';
import { metrics } from './module.ts';

await startService(metrics);
