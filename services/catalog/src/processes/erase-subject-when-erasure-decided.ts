import type { ErasureEvent } from '@slipway/contracts';
import { idOf, type Instruction, type Message, type Process, type Recorded } from '@slipway/event-sourcing';

type Decided = Extract<ErasureEvent, { type: 'ErasureGranted' | 'ErasureRefused' }>;
/** What is dropped is not in it: that is known once it is gone. */
type EraseSubject = Message<'EraseSubject', { person: string; linkUntil?: string }>;

const react = ({ type, data }: Recorded<Decided>): readonly Instruction<EraseSubject>[] => {
  const { person } = data;
  const linkUntil = type === 'ErasureRefused' ? { linkUntil: data.until } : {};
  return [{ send: { type: 'EraseSubject', data: { person, ...linkUntil } }, to: `subject-${idOf(person)}` }];
};

/** Refused is only that the link goes too: until then auditors alone can have it looked up. */
export const eraseSubjectWhenErasureDecided: Process<Decided, EraseSubject, object> = {
  name: 'erase-subject-when-erasure-decided',
  events: ['ErasureGranted', 'ErasureRefused'],
  instance: ({ stream }) => idOf(stream),
  initialState: {},
  evolve: state => state,
  react,
};
