import { type Delivery, projection } from '@slipway/consumers';
import { categories } from '@slipway/contracts';
import type { ClientBase } from 'pg';

export type RetainedAct = Readonly<{ person: string; class: string; at: string }>;
type Rules = Readonly<Record<string, Readonly<{ class: string; who: readonly string[] }>>>;

const KEEP = `
  INSERT INTO retained_acts_v1 AS kept (person, class, latest_at)
  SELECT person, class, max(at) FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS act (person, class, at) GROUP BY 1, 2
  ON CONFLICT (person, class) DO UPDATE SET latest_at = greatest(kept.latest_at, excluded.latest_at)`;

/** Who did last what of each class that somebody has to account for. Fed in the order of the log: erasures are decided on it. */
export const retainedActsBy = (rules: Rules) =>
  projection({
    consumer: 'audit.retained-acts',
    categories: categories
      .filter(({ facts }) => Object.keys(facts).some(type => Object.hasOwn(rules, type)))
      .map(({ name }) => name),
    tables: ['retained_acts_v1'],
    applyAll: async (events, client) =>
      keep(
        events.flatMap(event => actsIn(event, rules)),
        client,
      ),
  });

const PSEUDONYM = /^person-[0-9a-f-]{36}$/;

/** Each person once, whatever he is called in the event. */
export const actsIn = ({ type, data }: Pick<Delivery, 'type' | 'data'>, rules: Rules): readonly RetainedAct[] => {
  const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
  if (!rule) return [];
  const said = data as Readonly<Record<string, unknown>>;
  const people = new Set(rule.who.map(field => said[field]).filter(isPseudonym));
  return [...people].map(person => ({ person, class: rule.class, at: String(said['recordedAt']) }));
};

const isPseudonym = (value: unknown): value is string => typeof value === 'string' && PSEUDONYM.test(value);

const keep = async (acts: readonly RetainedAct[], client: ClientBase): Promise<void> => {
  if (acts.length === 0) return;
  await client.query(KEEP, [acts.map(({ person }) => person), acts.map(act => act.class), acts.map(({ at }) => at)]);
};
