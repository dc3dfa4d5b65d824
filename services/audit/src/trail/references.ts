import { categories } from '@slipway/contracts';

/**
 * follows: the event's record came out of the one it refers to; leads: that one came out of the event's record;
 * mentions: it is named, and nothing came of it.
 */
export type Meaning = 'follows' | 'leads' | 'mentions';
export type Reference = Readonly<{ to: string; meaning: Meaning }>;

/** Records that everything refers to: a trail may name them, and never goes through them. */
const HUBS: readonly string[] = [
  'service',
  'environment',
  'application',
  'team',
  'person',
  'roleGrant',
  'approvalPolicy',
  'target',
  'releaseTrain',
];

export const isHub = (stream: string): boolean => HUBS.includes(stream.slice(0, stream.indexOf('-')));

/** Fields that hold an id of a record without saying so. */
const NAMED: Readonly<Record<string, string>> = {
  undoes: 'deployment',
  preempts: 'deployment',
  duplicateOf: 'incident',
  trainId: 'releaseTrain',
};
/** Fields that hold the name of a stream. */
const STREAMS: Readonly<Record<string, Meaning>> = { stream: 'mentions', about: 'follows' };
/** Written on the older record, about a newer one that came out of it. */
const LEADING: readonly string[] = ['rollbackDeploymentId'];
/** What is considered or read, and need not have to do with it. */
const CONSIDERED: readonly string[] = ['candidates', 'inputs', 'namedCauses'];
/** Events that only consider: what they name, and what made somebody consider it, leads nowhere. */
export const CONSIDERING: readonly string[] = ['CauseProposed', 'CauseRejected'];

const PSEUDONYM = /^person-[0-9a-f-]{36}$/;
const FIELDS: ReadonlyMap<string, string> = new Map(
  categories.flatMap(({ name }) => [
    [`${name}id`.toLowerCase(), name],
    [`${name}ids`.toLowerCase(), name],
  ]),
);

/**
 * By convention of the contracts: `<category>Id`, `<category>Ids`, also at the end of a longer name, `recordId` beside the
 * category as `record`, and pseudonyms. Each record once.
 */
export const referencesIn = ({ type, data }: Readonly<{ type: string; data: object }>): readonly Reference[] => {
  const found = new Map<string, Meaning>();
  for (const { to, meaning } of within(data, CONSIDERING.includes(type))) {
    const known = found.get(to);
    if (known === undefined || known === 'mentions') found.set(to, meaning);
  }
  return [...found].map(([to, meaning]) => ({ to, meaning }));
};

const within = (value: object, considered: boolean): readonly Reference[] =>
  Object.entries({ ...value, ...namedRecord(value) }).flatMap(([field, inner]: [string, unknown]) => {
    const only = considered || CONSIDERED.includes(field);
    return [inner].flat().flatMap(each => {
      if (typeof each === 'object' && each !== null)
        return [...namedBySource(field, value, { ...each }, only), ...within(each, only)];
      return typeof each === 'string' ? referenceOf(field, each, only) : [];
    });
  });

/** `record` says the category of `recordId`. */
const namedRecord = (value: Readonly<{ record?: unknown; recordId?: unknown }>): object =>
  typeof value.record === 'string' && FIELDS.has(`${value.record}id`.toLowerCase())
    ? { [`${value.record}Id`]: value.recordId }
    : {};

/** Of history: `change: { system, key, id }`, and the category as `record` in it, or as `kind` beside a field `record`. */
const namedBySource = (
  field: string,
  { kind }: Readonly<{ kind?: unknown }>,
  { system, id, record = field === 'record' ? kind : field }: Readonly<Record<string, unknown>>,
  considered: boolean,
): readonly Reference[] => {
  if (typeof system !== 'string' || typeof id !== 'string' || typeof record !== 'string') return [];
  return referenceOf(record in NAMED ? record : `${record}Id`, id, considered);
};

const referenceOf = (field: string, value: string, considered: boolean): readonly Reference[] => {
  if (PSEUDONYM.test(value)) return [{ to: value, meaning: 'mentions' }];
  const streamed = STREAMS[field];
  if (streamed) return [{ to: value, meaning: streamed }];
  const category = NAMED[field] ?? categoryOfField(field);
  if (category === undefined) return [];
  const to = `${category}-${value}`;
  if (considered || isHub(to)) return [{ to, meaning: 'mentions' }];
  return [{ to, meaning: LEADING.includes(field) ? 'leads' : 'follows' }];
};

/** `rollbackDeploymentId`: the words at its end, beginning with a capital, name the category. */
const categoryOfField = (field: string): string | undefined => {
  for (let from = 0; from >= 0 && from < field.length; from = nextCapital(field, from + 1)) {
    const category = FIELDS.get(field.slice(from).toLowerCase());
    if (category) return category;
  }
  return undefined;
};

const nextCapital = (field: string, from: number): number => {
  const after = field.slice(from).search(/[A-Z]/);
  return after < 0 ? -1 : from + after;
};
