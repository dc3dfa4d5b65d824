import { connectKafka } from '@slipway/consumers';
import { startRelay } from '@slipway/relay';
import { surroundings, urlAs } from '../system/surroundings.ts';
import { complain, tellLead, untilTold } from './told.ts';

const { name, databaseUrl, broker, prefix } = surroundings();
const relay = startRelay({
  url: urlAs(databaseUrl, 'relay'),
  kafka: connectKafka(name, [broker]),
  prefix,
  onError: complain,
});
tellLead(() => relay.stats().leading);
await untilTold(relay.ended);
await relay.stop();
