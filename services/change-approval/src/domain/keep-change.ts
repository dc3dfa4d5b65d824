import type { ExternalRef } from '@slipway/contracts';
import { type Decider, type Decision, isRejection, type Message, reject, type Stamped } from '@slipway/event-sourcing';
import type { Change, RaisedChange } from './change-state.ts';
import type { RaiseChange } from './proposals.ts';

/** What a change is from now on, as whoever keeps it in step says: raised when it is not there, revised where it differs. */
export type KeepChange = Message<
  'KeepChange',
  RaiseChange['data'] & { ref: ExternalRef; externalRefs?: readonly ExternalRef[] }
>;

/** A decider of changes that also knows their details. */
type Described<
  Command extends Message,
  Event extends Message,
  State extends { own: Change },
  Code extends string,
> = Decider<Command, Event, State, Code>;

/** Understands `KeepChange` as the commands that bring the change there, all of them or none. */
export const keeping = <
  Command extends Message,
  Event extends Message,
  State extends { own: Change },
  Code extends string,
>(
  decider: Described<Command, Event, State, Code>,
): Decider<Command | KeepChange, Event, State, Code | 'model-is-fixed'> => ({
  ...decider,
  decide: (command, state) =>
    isKeepChange(command) ? keep(decider, command, state) : decider.decide(command as Stamped<Command>, state),
});

const isKeepChange = (command: Message): command is Stamped<KeepChange> => command.type === 'KeepChange';

const keep = <Command extends Message, Event extends Message, State extends { own: Change }, Code extends string>(
  decider: Described<Command, Event, State, Code>,
  { data, stamp }: Stamped<KeepChange>,
  state: State,
): Decision<Event, Code | 'model-is-fixed'> => {
  const { own } = state;
  if (own.status !== 'none' && own.model !== data.model)
    return reject('model-is-fixed', `It was raised as a ${own.model} change: raise another under another reference.`);
  const commands = own.status === 'none' ? raising(data) : following(data, own);
  return inTurn(
    decider,
    commands.map(command => ({ ...command, stamp }) as unknown as Stamped<Command>),
    state,
  );
};

const raising = ({ ref, externalRefs = [], ...data }: KeepChange['data']): readonly Message[] => [
  { type: 'RaiseChange', data },
  { type: 'ChangeDetails', data: { externalRefs: [ref, ...externalRefs] } },
];

const following = (
  { title, ref, externalRefs, proposal, plans = [], risk, policy }: KeepChange['data'],
  { plans: before }: RaisedChange,
): readonly Message[] => [
  { type: 'ReviseChange', data: { proposal, risk, policy } },
  ...plans
    .filter(({ kind, digest }) => before[kind] !== digest)
    .map(plan => ({ type: 'PlanChange', data: { plan, risk, policy } })),
  { type: 'ChangeDetails', data: { title, ...(externalRefs && { externalRefs: [ref, ...externalRefs] }) } },
];

/** One command after the other, each on what the ones before it left. */
const inTurn = <Command extends Message, Event extends Message, State, Code extends string>(
  decider: Decider<Command, Event, State, Code>,
  commands: readonly Stamped<Command>[],
  state: State,
): Decision<Event, Code> => {
  const [first, ...others] = commands;
  if (!first) return [];
  const decided = decider.decide(first, state);
  if (isRejection(decided)) return decided;
  const rest = inTurn(decider, others, decided.reduce(decider.evolve, state));
  return isRejection(rest) ? rest : [...decided, ...rest];
};
