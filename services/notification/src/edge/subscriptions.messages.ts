import type { notificationV1 as v1, SubscriptionChannel, SubscriptionFilter } from '@slipway/contracts';
import { type Answer, enumWords, type Listing, optionalTimestamp, timestampOf } from '@slipway/edge';
import type { Standing } from '../read/standing.query.ts';
import type { SubscriptionView } from '../read/subscription.view.ts';
import type { SubscriptionRowDto } from './subscriptions.answers.dto.ts';
import { DIGEST_PERIODS, SEVERITY_WORDS, STATES } from './subscriptions.dto.ts';

const { worded, enumOf } = enumWords({
  state: ['SUBSCRIPTION_STATE', STATES],
  severities: ['SEVERITY', SEVERITY_WORDS],
  every: ['DIGEST_PERIOD', DIGEST_PERIODS],
});

/** With REST's words. A list without items and no list are the same on the wire: what a filter does not say it lets through. */
export const asRequest = (message: unknown): object => {
  const request = worded(message) as Readonly<{ filter?: object | null }>;
  if (!request.filter) return request;
  const said = Object.entries(request.filter).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  return { ...request, filter: Object.fromEntries(said) };
};

type Head = Pick<
  SubscriptionRowDto,
  'id' | 'number' | 'version' | 'title' | 'owner' | 'state' | 'filter' | 'labels' | 'createdAt' | 'updatedAt'
>;

/** The answer to a command. */
export const written = ({ record, event = '', replayed }: Answer): v1.PauseSubscriptionResponse => ({
  subscription: subscriptionMessage(record),
  event,
  replayed,
});

/** The same with the secret that the command made. */
export const disclosed = (answer: Answer): v1.CreateSubscriptionResponse => ({
  ...written(answer),
  secret: typeof answer.record['secret'] === 'string' ? answer.record['secret'] : '',
});

export const subscriptionMessage = (record: Answer['record']): v1.Subscription => {
  const subscription = record as unknown as Head & SubscriptionView & Readonly<{ standing?: Standing }>;
  const { description, reason, channel, disabled, overlapUntil, standing } = subscription;
  return {
    ...headOf(subscription),
    description: description ?? '',
    reason: reason ?? '',
    ...channelMessage(channel),
    disabled: disabled && {
      cause: disabled.cause,
      failingSince: optionalTimestamp(disabled.failingSince),
      at: timestampOf(disabled.at),
    },
    overlapUntil: optionalTimestamp(overlapUntil),
    standing: standing && standingMessage(standing),
  };
};

type Row = SubscriptionRowDto;

export const listMessage = ({ items, position, nextPageToken = '' }: Listing): v1.ListSubscriptionsResponse => ({
  subscriptions: (items as readonly Row[]).map(row => ({ ...headOf(row), kind: row.kind, refs: [...row.refs] })),
  nextPageToken,
  position: String(position),
});

const headOf = (head: Head) => ({
  id: head.id,
  number: head.number ?? '',
  version: head.version,
  title: head.title,
  owner: head.owner,
  state: enumOf<v1.SubscriptionState>('state', head.state),
  filter: filterMessage(head.filter as SubscriptionFilter),
  labels: [...head.labels],
  createdAt: timestampOf(head.createdAt),
  updatedAt: timestampOf(head.updatedAt),
});

const filterMessage = (filter: SubscriptionFilter): v1.Filter => ({
  types: [...(filter.types ?? [])],
  services: [...(filter.serviceIds ?? [])],
  environments: [...(filter.environmentIds ?? [])],
  severities: (filter.severities ?? []).map(severity => enumOf('severities', severity)),
  expression: filter.expression ?? '',
});

const channelMessage = (channel: SubscriptionChannel): Pick<v1.Subscription, 'webhook' | 'email'> => {
  if (channel.kind === 'webhook') return { webhook: { url: channel.url ?? '' }, email: undefined };
  const { digest, quietHours } = channel.timing ?? {};
  return {
    webhook: undefined,
    email: {
      people: [...channel.people],
      template: channel.templateId ?? '',
      digest: digest && {
        every: enumOf('every', digest.every),
        hour: digest.hour,
        timeZone: digest.timeZone,
      },
      quietHours: quietHours && { ...quietHours },
    },
  };
};

const standingMessage = (standing: Standing): v1.Standing => ({
  waiting: standing.waiting,
  delivered: standing.delivered,
  failed: standing.failed,
  failingSince: optionalTimestamp(standing.failingSince),
  pacedUntil: optionalTimestamp(standing.pacedUntil),
  expressionFailures: String(standing.expressionFailures),
  expressionError: standing.expressionError ?? '',
});
