import { connectKafka } from '@slipway/consumers';
import { startSequencer } from '@slipway/event-store';
import { publishedEnds } from '@slipway/relay';
import { surroundings, urlAs } from '../system/surroundings.ts';
import { complain, tellLead, untilTold } from './told.ts';

const { name, databaseUrl, broker, prefix } = surroundings();
const kafka = connectKafka(name, [broker]);
const sequencer = startSequencer({
  url: urlAs(databaseUrl, 'sequencer'),
  published: () => publishedEnds(kafka, prefix),
  onError: complain,
});
tellLead(() => sequencer.stats().leading);
await untilTold(sequencer.ended);
await sequencer.stop();
