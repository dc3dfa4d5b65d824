import { startService } from '@slipway/service';
import { deploymentExecution } from './module.ts';

await startService(deploymentExecution);
