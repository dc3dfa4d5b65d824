import { startSequencer } from '@slipway/event-store';
import { required } from '../../environment.ts';
import { serve } from '../../serve.ts';

const sequencer = startSequencer({
  url: required('DATABASE_URL'),
  onError: error => process.stderr.write(`sequencer: ${error.message}\n`),
});

const methods = { head: async (): Promise<number> => sequencer.stats().head };

export type SequencerMethods = typeof methods;
serve(methods, sequencer.stop);
