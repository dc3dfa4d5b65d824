import { connectKafka } from '@slipway/consumers';
import { surroundings } from '../system/surroundings.ts';
import { consume } from './consuming.ts';

const { name, broker, prefix } = surroundings();
await consume('kafka', common => ({ ...common, kind: 'kafka', kafka: connectKafka(name, [broker]), prefix }));
