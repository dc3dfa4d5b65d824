import type { ErasureEvent } from '@slipway/contracts';
import { idOf, type Instruction, type Message, type Process, type Recorded } from '@slipway/event-sourcing';

type Refused = Extract<ErasureEvent, { type: 'ErasureRefused' }>;
/** What has to be kept is looked up when it is carried out: there may be more by then. */
type JudgeErasure = Message<'JudgeErasure', Pick<Refused['data'], 'person' | 'alsoKnownAs'>>;

const react = ({
  stream,
  data: { person, alsoKnownAs, until },
}: Recorded<Refused>): readonly Instruction<JudgeErasure>[] => [
  { schedule: { type: 'JudgeErasure', data: { person, alsoKnownAs } }, to: stream, at: until },
];

export const judgeErasureWhenRetentionOver: Process<Refused, JudgeErasure, object> = {
  name: 'judge-erasure-when-retention-over',
  events: ['ErasureRefused'],
  instance: ({ stream }) => idOf(stream),
  initialState: {},
  evolve: state => state,
  react,
};
