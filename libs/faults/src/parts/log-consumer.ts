import { logHints } from '@slipway/consumers';
import { consume } from './consuming.ts';

await consume('log', (common, url) => ({ ...common, kind: 'log', hints: logHints(url) }));
