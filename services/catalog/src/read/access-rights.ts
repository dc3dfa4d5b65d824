import type { Grant } from '../read/role-grants.query.ts';

export const FINDINGS = [
  'leaver',
  'not-in-directory',
  'without-end',
  'ends-soon',
  'given-to-oneself',
  'no-grant',
] as const;
export type Finding = (typeof FINDINGS)[number];

/** A key as it stood at the instant that is asked about. */
export type HeldKey = Readonly<{
  kid: string;
  person: string;
  label: string;
  from: string;
  to: string;
  addedBy: string;
  addedAt: string;
  /** No other key of the account is good when it ends. */
  isLast: boolean;
}>;

/** What somebody holds, or that he holds nothing, and what a reviewer would ask about. */
export type AccessRightRow = Readonly<{
  right: 'role-grant' | 'key' | 'none';
  rightId?: string;
  person: string;
  personKind?: string;
  personName?: string;
  role?: string;
  scope?: Grant['scope'];
  label?: string;
  from?: string;
  to?: string;
  givenBy?: string;
  givenAt?: string;
  /** When an approval or a decision last relied on it. */
  lastUsedAt?: string;
  findings: readonly Finding[];
}>;

/** Of somebody in the directory. */
export type Known = Readonly<{ kind: string; name: string; leavesOn?: string }>;

export type Held = Readonly<{
  at: string;
  grants: readonly Grant[];
  keys: readonly HeldKey[];
  /** Everybody registered by then, by pseudonym. */
  people: readonly string[];
  known: ReadonlyMap<string, Known>;
  lastUses: ReadonlyMap<string, string>;
}>;

const SOON_MS = 14 * 86_400_000;

/** Who held what at an instant: grants, keys, and those who held no grant and have not left. */
export const accessRights = (held: Held): readonly AccessRightRow[] => {
  const holders = new Set(held.grants.map(({ person }) => person));
  const isHere = (person: string): boolean => held.known.has(person) && !hasLeft(held, person);
  return [
    ...held.grants.map(grant => grantRow(held, grant)),
    ...held.keys.map(key => keyRow(held, key)),
    ...held.people
      .filter(person => !holders.has(person) && isHere(person))
      .map(person => ({ right: 'none' as const, ...whoIs(held, person), findings: ['no-grant' as const] })),
  ];
};

const grantRow = (held: Held, grant: Grant): AccessRightRow => {
  const { id, person, role, scope, from, to, grantedBy, grantedAt } = grant;
  const lastUsedAt = held.lastUses.get(id);
  const findings: readonly (Finding | false)[] = [
    ...findingsAbout(held, person),
    to === undefined && 'without-end',
    to !== undefined && endsSoon(held, to) && 'ends-soon',
    grantedBy === person && 'given-to-oneself',
  ];
  return {
    right: 'role-grant',
    rightId: id,
    ...whoIs(held, person),
    role,
    scope,
    from,
    ...(to !== undefined && { to }),
    givenBy: grantedBy,
    givenAt: grantedAt,
    ...(lastUsedAt !== undefined && { lastUsedAt }),
    findings: findings.filter(finding => finding !== false),
  };
};

const keyRow = (held: Held, { kid, person, label, from, to, addedBy, addedAt, isLast }: HeldKey): AccessRightRow => ({
  right: 'key',
  rightId: kid,
  ...whoIs(held, person),
  label,
  from,
  to,
  givenBy: addedBy,
  givenAt: addedAt,
  findings: [...findingsAbout(held, person), ...(isLast && endsSoon(held, to) ? ['ends-soon' as const] : [])],
});

const whoIs = ({ known }: Held, person: string) => {
  const { kind, name } = known.get(person) ?? {};
  return { person, ...(kind !== undefined && { personKind: kind }), ...(name !== undefined && { personName: name }) };
};

const findingsAbout = (held: Held, person: string): readonly Finding[] => {
  if (!held.known.has(person)) return ['not-in-directory'];
  return hasLeft(held, person) ? ['leaver'] : [];
};

const hasLeft = ({ at, known }: Held, person: string): boolean => {
  const { leavesOn } = known.get(person) ?? {};
  return leavesOn !== undefined && leavesOn < at.slice(0, leavesOn.length);
};

const endsSoon = ({ at }: Held, to: string): boolean => Date.parse(to) - Date.parse(at) <= SOON_MS;
