import { fold, isRejection, specification } from '@slipway/event-sourcing';
import { channel, command, described, event, filter, sealed } from './example.ts';
import type { SubscriptionCommand } from './subscription-commands.ts';
import { moves, subscription, type SubscriptionStatus } from './subscription.ts';

const given = specification(subscription);
const active = [event('SubscriptionCreated', described)];
const paused = [...active, event('SubscriptionPaused', {})];
const disabled = [...active, event('SubscriptionDisabled', { cause: 'gone' })];
const canceled = [...active, event('SubscriptionCanceled', {})];

describe('a subscription', () => {
  test('is created once', () => {
    expect(given().when(command('CreateSubscription', described))).toEqual(active);
    expect(given(...active).when(command('CreateSubscription', described))).toMatchObject({
      rejected: 'already-created',
    });
  });
  test('is created before anything else', () =>
    expect(given().when(command('TestSubscription', {}))).toMatchObject({ rejected: 'not-created' }));
  test('tells of another filter only', () => {
    const other = { types: ['dev.slipway.incident-*'] };
    expect(given(...active).when(command('ChangeFilter', { filter: other }))).toEqual([
      event('SubscriptionFilterChanged', { filter: other }),
    ]);
    expect(given(...active).when(command('ChangeFilter', { filter }))).toEqual([]);
  });
  test('says whose grants it is cut to, where they have limits', () => {
    const said = { filter: { types: [] }, grantsOf: described.owner };
    expect(given(...active).when(command('ChangeFilter', said))).toEqual([event('SubscriptionFilterChanged', said)]);
    const moved = { channel, grantsOf: described.owner };
    expect(given(...active).when(command('ChangeChannel', moved))).toEqual([
      event('SubscriptionChannelChanged', moved),
    ]);
  });
  test('that is paused is resumed, not enabled', () => {
    expect(given(...paused).when(command('ResumeSubscription', {}))).toEqual([event('SubscriptionResumed', {})]);
    expect(given(...paused).when(command('EnableSubscription', {}))).toMatchObject({ rejected: 'not-disabled' });
  });
  test('that is disabled is enabled, not resumed, and tells nobody before', () => {
    expect(given(...disabled).when(command('EnableSubscription', {}))).toEqual([event('SubscriptionEnabled', {})]);
    expect(given(...disabled).when(command('ResumeSubscription', {}))).toMatchObject({ rejected: 'not-paused' });
    expect(given(...disabled).when(command('TestSubscription', {}))).toMatchObject({
      rejected: 'subscription-disabled',
    });
  });
  test('by mail has no secret, and becomes no webhook', () => {
    const mail = [
      event('SubscriptionCreated', { ...described, channel: { kind: 'email', people: [described.owner] } }),
    ];
    const rotate = command('RotateSecret', { secretId: 's2', overlapUntil: '2026-03-03T09:00:00Z' });
    expect(given(...mail).when(rotate)).toMatchObject({ rejected: 'no-such-channel' });
    expect(given(...mail).when(command('ChangeChannel', { channel }))).toMatchObject({ rejected: 'no-such-channel' });
  });
  test('that was canceled stays so', () =>
    expect(given(...canceled).when(command('EnableSubscription', {}))).toMatchObject({
      rejected: 'subscription-canceled',
    }));
  test('is replayed over what there is', () => {
    const empty = command('RequestReplay', { afterPosition: 7, throughPosition: 7 });
    expect(given(...active).when(empty)).toMatchObject({ rejected: 'replay-empty' });
    expect(given(...active).when(command('RequestReplay', { afterPosition: 0, throughPosition: 7 }))).toEqual([
      event('ReplayRequested', { afterPosition: 0, throughPosition: 7 }),
    ]);
  });
});

describe('every command in every state', () => {
  const histories = { None: [], Active: active, Paused: paused, Disabled: disabled, Canceled: canceled };
  const commands: readonly SubscriptionCommand[] = [
    command('CreateSubscription', described),
    command('ChangeFilter', { filter: {} }),
    command('ChangeChannel', { channel }),
    command('PauseSubscription', { reason: sealed }),
    command('ResumeSubscription', {}),
    command('DisableSubscription', { cause: 'failing', failingSince: '2026-03-01T00:00:00Z' }),
    command('EnableSubscription', {}),
    command('RotateSecret', { secretId: 's2', overlapUntil: '2026-03-03T09:00:00Z' }),
    command('TestSubscription', {}),
    command('RequestRedelivery', { deliveryId: 'd1' }),
    command('RequestReplay', { afterPosition: 0, throughPosition: 7 }),
    command('CancelSubscription', {}),
  ];
  const pairs = Object.entries(histories).flatMap(([status, history]) =>
    commands.map(each => [status as SubscriptionStatus, each.type, history, each] as const),
  );

  test('is named in the table', () => {
    const named = new Set(Object.values(moves).flatMap(allowed => Object.keys(allowed)));
    expect([...named].sort()).toEqual(commands.map(({ type }) => type).sort());
  });

  test.each(pairs.filter(([status, type]) => moves[status][type]))('%s allows %s', (status, type, history, each) => {
    const decided = subscription.decide(each as never, fold(subscription, history));
    if (isRejection(decided)) throw new Error(decided.rejected);
    expect(fold(subscription, [...history, ...decided]).status).toBe(moves[status][type]);
  });

  test.each(pairs.filter(([status, type]) => !moves[status][type]))('%s refuses %s', (_, __, history, each) => {
    const decided = subscription.decide(each as never, fold(subscription, history));
    expect(decided).toMatchObject({ rejected: expect.stringMatching(/^[a-z-]+$/) as string });
  });
});
