import { startService } from '@slipway/service';
import { incidentCorrelation } from './module.ts';

await startService(incidentCorrelation);
