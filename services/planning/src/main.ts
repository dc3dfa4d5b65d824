import { startService } from '@slipway/service';
import { planning } from './module.ts';

await startService(planning);
