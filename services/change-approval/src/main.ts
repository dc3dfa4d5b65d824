import { startService } from '@slipway/service';
import { changeApproval } from './module.ts';

await startService(changeApproval);
