import { startService } from '@slipway/service';
import { audit } from './module.ts';

await startService(audit);
