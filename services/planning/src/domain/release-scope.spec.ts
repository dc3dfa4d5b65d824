import type { ReleaseEvent, ScopeItem } from '@slipway/contracts';
import { fold, isRejection, specification } from '@slipway/event-sourcing';
import fc from 'fast-check';
import { authorized, command, draft, event, sealed } from './example.ts';
import type { StatedItem } from './release-commands.ts';
import { judgeScope } from './release-scope.ts';
import { release } from './release.ts';

const given = specification(release);
const invoice: ScopeItem = { key: 'SHOP-1', kind: 'feature', title: 'Pay by invoice' };
const till: ScopeItem = { key: 'SHOP-2', kind: 'tech-debt', title: 'Old till', priority: 'low' };
const jira = (key: string) => ({ system: 'jira', key });
const change = (items: readonly StatedItem[], remove: readonly string[] = []) =>
  command('ChangeScope', { items, remove });
const changed = (put: readonly ScopeItem[], removed: readonly string[] = []) =>
  event('ScopeItemsChanged', { put, removed });
const outcomes = (items: readonly StatedItem[], scope: readonly ScopeItem[], remove: readonly string[] = []) =>
  judgeScope({ items, remove }, scope).map(result => [result.key, 'code' in result ? result.code : result.outcome]);

describe('many items at once', () => {
  test('are added, changed and removed by one fact', () =>
    expect(given(...draft, changed([invoice])).when(change([{ ...invoice, title: 'Invoices' }, till], []))).toEqual([
      changed([{ ...invoice, title: 'Invoices' }, till]),
    ]));
  test('said again have no effect', () => {
    expect(given(...draft, changed([invoice, till])).when(change([invoice, till]))).toEqual([]);
    expect(given(...draft).when(change([], ['SHOP-9']))).toEqual([]);
  });
  test('have a result each', () =>
    expect(
      outcomes([invoice, { ...till, title: 'Tills' }], [till, { ...till, key: 'SHOP-3' }], ['SHOP-3', 'X']),
    ).toEqual([
      ['SHOP-1', 'added'],
      ['SHOP-2', 'changed'],
      ['SHOP-3', 'removed'],
      ['X', 'scope-item-not-found'],
    ]));
  test('without a key are known by their reference', () => {
    const { key: _, ...stated } = { ...invoice, externalRef: jira('ACME-7') };
    expect(outcomes([stated], [])).toEqual([['ACME-7', 'added']]);
    expect(outcomes([stated], [{ ...stated, key: 'SHOP-1' }])).toEqual([['SHOP-1', 'unchanged']]);
    expect(outcomes([{ ...stated, kind: 'fix' }], [{ ...stated, key: 'SHOP-1' }])).toEqual([['SHOP-1', 'changed']]);
  });
  test('are refused one by one', () => {
    const { key: _, ...stated } = { ...invoice, externalRef: jira('SHOP-2') };
    expect(outcomes([invoice, invoice], [])).toEqual([
      ['SHOP-1', 'added'],
      ['SHOP-1', 'stated-twice'],
    ]);
    expect(outcomes([invoice], [], ['SHOP-1'])[1]).toEqual(['SHOP-1', 'stated-twice']);
    expect(outcomes([stated], [till])).toEqual([['SHOP-2', 'key-taken']]);
    expect(outcomes([{ ...stated, key: 'SHOP-5' }], [{ ...stated, key: 'SHOP-4' }])).toEqual([
      ['SHOP-5', 'reference-taken'],
    ]);
  });
  test('are not more than a release can have', () => {
    const full = Array.from({ length: 1_000 }, (_, nth) => ({ ...till, key: `T-${nth}` }));
    expect(outcomes([invoice], full)).toEqual([['SHOP-1', 'too-many-scope-items']]);
    expect(given(...draft, changed(full)).when(command('AddScopeItem', { item: invoice }))).toMatchObject({
      rejected: 'too-many-scope-items',
    });
  });
  test('of another content take the authorization away; other words do not', () => {
    expect(given(...authorized).when(change([invoice]))).toEqual([
      changed([invoice]),
      event('ReleaseAuthorizationLost', { cause: 'content-changed' }),
    ]);
  });
  test('make events that are small enough, which come to the same', () => {
    const many = Array.from({ length: 500 }, (_, nth) => ({ ...till, key: `T-${nth}` }));
    const decision = given(...draft).when(change(many));
    if (isRejection(decision)) throw new Error(decision.rejected);
    expect(decision).toHaveLength(10);
    expect(fold(release, [...draft, ...decision])).toMatchObject({ parts: { scope: many } });
  });
});

test('whatever is stated, what became of it stands in the scope, and said again it is unchanged', () => {
  const item = fc.record(
    {
      key: fc.constantFrom('A', 'B', 'C'),
      kind: fc.constantFrom('feature' as const, 'fix' as const),
      title: fc.constantFrom('x', 'y'),
      externalRef: fc.constantFrom(jira('A'), jira('B'), jira('D')),
    },
    { requiredKeys: ['kind', 'title', 'externalRef'] },
  );
  fc.assert(
    fc.property(fc.array(item, { maxLength: 5 }), fc.array(item, { maxLength: 5 }), (before, items) => {
      const history = [...draft, ...decided(draft, before)];
      const after = [...history, ...decided(history, items)];
      const { parts } = fold(release, after) as { parts: { scope: readonly ScopeItem[] } };
      const scope = parts.scope;
      expect(new Set(scope.map(({ key }) => key)).size).toBe(scope.length);
      expect(new Set(scope.map(({ externalRef }) => externalRef?.key)).size).toBe(scope.length);
      expect(given(...after).when(change(scope))).toEqual([]);
    }),
  );
});

const decided = (history: readonly ReleaseEvent[], items: readonly StatedItem[]) => {
  const decision = given(...history).when(change(items));
  return isRejection(decision) ? [] : decision;
};

describe('a trade-off', () => {
  const tradeOff = command('TradeOffScope', { items: [invoice], toReleaseId: 'next', reason: sealed });

  test('takes items out, and says why and where they go', () =>
    expect(given(...draft, changed([invoice, till])).when(tradeOff)).toEqual([
      changed([], ['SHOP-1']),
      event('ScopeTradedOff', { items: [invoice], toReleaseId: 'next', reason: sealed }),
    ]));
  test('is about items as they are', () => {
    expect(given(...draft).when(tradeOff)).toMatchObject({ rejected: 'scope-item-not-found' });
    expect(given(...draft, changed([{ ...invoice, kind: 'fix' }])).when(tradeOff)).toMatchObject({
      rejected: 'scope-item-not-found',
    });
  });
  test('is taken over whole, or not at all', () => {
    const takeOver = command('TakeOverScope', { items: [invoice, till] });
    expect(given(...draft, changed([till])).when(takeOver)).toEqual([changed([invoice])]);
    expect(given(...draft, changed([{ ...till, kind: 'fix' }])).when(takeOver)).toMatchObject({
      rejected: 'scope-item-already-added',
    });
  });
});
