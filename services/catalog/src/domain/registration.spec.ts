import { factsOf, fold, isRejection, type Message, type Stamped, stampOf } from '@slipway/event-sourcing';
import { withDetails } from '@slipway/records';
import { application } from './application.ts';
import { environment } from './environment.ts';
import { MOVES, restated, type Status, type Verb } from './registration.ts';
import { service, type StatedService } from './service.ts';
import { team } from './team.ts';

const stamp = stampOf('person-ann');
const checkout = {
  name: 'checkout',
  title: 'Checkout',
  ownerTeam: 'payments',
  criticality: 'high',
  repositories: [],
  alertLabels: [],
  aliases: [],
  dependencies: [],
} as const;
const production = {
  name: 'production',
  title: 'Production',
  tier: 'production',
  region: 'eu',
  timeZone: 'UTC',
  aliases: [],
} as const;

type Deciding = Readonly<{
  initialState: unknown;
  decide(
    command: Stamped<Message>,
    state: unknown,
  ): readonly Message[] | Readonly<{ rejected: string; reason: string }>;
  evolve(state: unknown, event: Message): unknown;
}>;
type Kind = Readonly<{ name: string; decider: Deciding; asked: Readonly<{ name: string }> }>;

const kinds: readonly Kind[] = [
  { name: 'Service', decider: service as unknown as Deciding, asked: checkout },
  { name: 'Environment', decider: environment as unknown as Deciding, asked: production },
  {
    name: 'Application',
    decider: application as unknown as Deciding,
    asked: { name: 'shop', title: 'Shop', ownerTeam: 'shop', serviceIds: [] } as Kind['asked'],
  },
  {
    name: 'Team',
    decider: team as unknown as Deciding,
    asked: { name: 'payments', title: 'Payments', members: [] } as Kind['asked'],
  },
];

/** The ways into each state. */
const PATHS: Readonly<Record<Status, readonly Verb[]>> = {
  unregistered: [],
  registered: ['Register'],
  retired: ['Register', 'Retire'],
};
const VERBS: readonly Verb[] = ['Register', 'Update', 'Retire'];

const commandOf = ({ name, asked }: Kind, verb: Verb): Stamped<Message> => {
  const { name: _, ...unnamed } = asked;
  const data = { Register: asked, Update: { ...unnamed, title: 'Another' }, Retire: { reason: 'sealed:v1:x' } }[verb];
  return { type: verb + name, data, stamp };
};

const after = (kind: Kind, verbs: readonly Verb[]): readonly Message[] =>
  verbs.reduce<readonly Message[]>((history, verb) => {
    const decided = kind.decider.decide(commandOf(kind, verb), fold(kind.decider, history));
    if (isRejection(decided)) throw new Error(decided.rejected);
    return [...history, ...decided];
  }, []);

type Pair = readonly [command: string, status: Status, kind: Kind, verb: Verb, next: Status | undefined];
const pairs = kinds.flatMap(kind =>
  (Object.keys(MOVES) as Status[]).flatMap(status =>
    VERBS.map((verb): Pair => [verb + kind.name, status, kind, verb, MOVES[status][verb]]),
  ),
);

test.each(pairs.filter(([, , , , next]) => next))('%s, when it is %s: done', (_name, status, kind, verb, next) => {
  const history = after(kind, [...PATHS[status], verb]);
  expect(fold(kind.decider, history)).toMatchObject({ status: next });
});

test.each(pairs.filter(([, , , , next]) => !next))('%s, when it is %s: refused', (_name, status, kind, verb) => {
  const decided = kind.decider.decide(commandOf(kind, verb), fold(kind.decider, after(kind, PATHS[status])));
  expect(decided).toMatchObject({ rejected: status === 'retired' ? 'retired' : 'not-found' });
});

test.each(kinds.map(kind => [kind.name, kind] as const))(
  '%s: registered again, it goes on as it is stated then',
  (name, kind) => {
    const again = { ...commandOf(kind, 'Register'), data: { ...kind.asked, title: 'Back' } };
    const decided = kind.decider.decide(again, fold(kind.decider, after(kind, ['Register', 'Retire'])));
    expect(decided).toMatchObject([{ type: `${name}Registered`, data: { title: 'Back' } }]);
  },
);

test('retired with a reason, which is sealed', () => {
  const [, retired] = after(kinds[0]!, ['Register', 'Retire']);
  expect(retired).toEqual({ type: 'ServiceRetired', data: { reason: 'sealed:v1:x', ...stamp } });
});

describe('a title that is changed by itself', () => {
  const described = withDetails('service', service, restated<StatedService>('Service'));
  const registered = { type: 'ServiceRegistered', data: { ...checkout, ...stamp } } as const;
  const retitled = { type: 'ServiceDetailsChanged', data: { title: 'Kasse', ...stamp } } as const;
  const { name: _, ...unnamed } = checkout;
  const update = (title: string) => ({ type: 'UpdateService', data: { ...unnamed, title }, stamp }) as const;
  const retitle = (title: string) => ({ type: 'ChangeDetails', data: { title }, stamp }) as const;
  const decided = (
    command: Parameters<typeof described.decide>[0],
    ...history: Parameters<typeof described.evolve>[1][]
  ) => described.decide(command, fold(described, history));

  test('is the title that an update is compared with', () => {
    expect(decided(update('Kasse'), registered, retitled)).toEqual([]);
    expect(decided(update('Checkout'), registered, retitled)).toMatchObject([
      { type: 'ServiceUpdated', data: { title: 'Checkout' } },
    ]);
  });

  test('is compared with the title that was stated last', () => {
    const updated = { type: 'ServiceUpdated', data: { ...checkout, title: 'Checkout', ...stamp } } as const;
    expect(decided(retitle('Kasse'), registered, retitled, updated)).toMatchObject([{ data: { title: 'Kasse' } }]);
    expect(decided(retitle('Checkout'), registered, retitled, updated)).toEqual([]);
  });
});

test('what was stated is the event without who and when', () => {
  expect(
    factsOf({ ...checkout, ...stamp, acr: 'strong', onBehalfOf: 'person-bo', client: 'cli', amr: ['otp'] }),
  ).toEqual(checkout);
});
