import { canonical } from '@slipway/canonical';
import type { ReleaseEvent, ScopeItem } from '@slipway/contracts';
import { type Decision, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';
import type { ChangeScope, StatedItem, TakeOverScope, TradeOffScope } from './release-commands.ts';
import { changed, MOST_ITEMS } from './release-content.ts';
import type { Draft, Scheduled } from './release-state.ts';

export type ScopeRefusal = 'scope-item-not-found' | 'scope-item-already-added';
export type ItemRefusal =
  'stated-twice' | 'key-taken' | 'reference-taken' | 'too-many-scope-items' | 'scope-item-not-found';

export type ItemResult = Readonly<
  { key: string } & (
    | { outcome: 'added' | 'changed'; item: ScopeItem }
    | { outcome: 'unchanged' | 'removed' }
    | { outcome: 'refused'; code: ItemRefusal }
  )
>;

type ScopeDecision = Decision<ReleaseEvent, ScopeRefusal>;
type Known = Map<string, ScopeItem>;

/** What becomes of each, one after the other: the items that are stated, then the keys that are removed. */
export const judgeScope = (
  { items, remove }: ChangeScope['data'],
  scope: readonly ScopeItem[],
): readonly ItemResult[] => {
  const known: Known = new Map(scope.map(item => [item.key, item]));
  const said = new Set<string>();
  const stated = items.map(item => {
    const result = judgeItem(item, known, said);
    if ('item' in result) known.set(result.key, result.item);
    said.add(result.key);
    return result;
  });
  return [...stated, ...remove.map((key): ItemResult => judgeRemoval(key, known, said))];
};

const judgeItem = ({ key: named, ...rest }: StatedItem, known: Known, said: ReadonlySet<string>): ItemResult => {
  const sameReference = [...known.values()].find(item => refersTo(item, rest));
  const key = named ?? sameReference?.key ?? rest.externalRef?.key ?? '';
  const refused = (code: ItemRefusal): ItemResult => ({ key, outcome: 'refused', code });
  if (said.has(key)) return refused('stated-twice');
  if (sameReference && sameReference.key !== key) return refused('reference-taken');
  const before = known.get(key);
  if (before && !named && !sameReference) return refused('key-taken');
  const item = { ...rest, key };
  if (!before) return known.size < MOST_ITEMS ? { key, outcome: 'added', item } : refused('too-many-scope-items');
  return canonical(before) === canonical(item) ? { key, outcome: 'unchanged' } : { key, outcome: 'changed', item };
};

const refersTo = ({ externalRef }: ScopeItem, { externalRef: other }: Omit<StatedItem, 'key'>): boolean =>
  externalRef !== undefined && externalRef.system === other?.system && externalRef.key === other.key;

const judgeRemoval = (key: string, known: Known, said: ReadonlySet<string>): ItemResult => {
  if (said.has(key)) return { key, outcome: 'refused', code: 'stated-twice' };
  if (known.delete(key)) return { key, outcome: 'removed' };
  return { key, outcome: 'refused', code: 'scope-item-not-found' };
};

export const changeScope = ({ data, stamp }: Stamped<ChangeScope>, release: Draft | Scheduled): ScopeDecision => {
  const results = judgeScope(data, release.parts.scope);
  const put = results.flatMap(result => ('item' in result ? [result.item] : []));
  const removed = results.flatMap(({ key, outcome }) => (outcome === 'removed' ? [key] : []));
  return changed(release, stamp, ...itemsChanged(stamp, put, removed));
};

/** From another release: all of them, or none. */
export const takeOverScope = (
  { data: { items }, stamp }: Stamped<TakeOverScope>,
  release: Draft | Scheduled,
): ScopeDecision => {
  const results = judgeScope({ items, remove: [] }, release.parts.scope);
  const inTheWay = results.find(({ outcome }) => outcome !== 'added' && outcome !== 'unchanged');
  if (inTheWay)
    return reject(
      'scope-item-already-added',
      `${inTheWay.key} cannot be taken over: the other release has one like it.`,
    );
  const put = results.flatMap(result => ('item' in result ? [result.item] : []));
  return changed(release, stamp, ...itemsChanged(stamp, put, []));
};

export const tradeOffScope = (
  { data: { items, toReleaseId, reason }, stamp }: Stamped<TradeOffScope>,
  release: Draft | Scheduled,
): ScopeDecision => {
  const inScope = new Map(release.parts.scope.map(item => [item.key, canonical(item)]));
  const absent = items.find(item => inScope.get(item.key) !== canonical(item));
  if (absent) return reject('scope-item-not-found', `${absent.key} is not in the scope, or no longer as it was.`);
  const why = { items, ...(toReleaseId !== undefined && { toReleaseId }), reason };
  return changed(
    release,
    stamp,
    ...itemsChanged(
      stamp,
      [],
      items.map(({ key }) => key),
    ),
    { type: 'ScopeTradedOff', data: { ...stamp, ...why } },
  );
};

// An event is at most 256 KiB, and an item some 4.
const ITEMS_AN_EVENT = 50;

export const itemsChanged = (
  stamp: Stamp,
  put: readonly ScopeItem[],
  removed: readonly string[],
): readonly ReleaseEvent[] => {
  const parts = Math.ceil(Math.max(put.length, removed.length) / ITEMS_AN_EVENT);
  return Array.from({ length: parts }, (_, part): ReleaseEvent => {
    const [from, to] = [part * ITEMS_AN_EVENT, (part + 1) * ITEMS_AN_EVENT];
    return {
      type: 'ScopeItemsChanged',
      data: { ...stamp, put: put.slice(from, to), removed: removed.slice(from, to) },
    };
  });
};
