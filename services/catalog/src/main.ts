import { startService } from '@slipway/service';
import { catalog } from './module.ts';

await startService(catalog);
