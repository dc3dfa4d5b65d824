import type { WebhookMappingEvent } from '@slipway/contracts';
import { fold, isRejection, specification } from '@slipway/event-sourcing';
import { at } from './examples.ts';
import { type Mapping, MAPPING_MOVES, webhookMapping, type WebhookMappingCommand } from './webhook-mapping.ts';

const given = specification(webhookMapping);
const mapping: Mapping = {
  name: 'spinnaker',
  signature: { header: 'x-signature', prefix: '', encoding: 'hex' },
  fields: { externalId: '/id', repository: '/application', environment: '/environment', status: '/status' },
  statuses: [{ said: 'DONE', status: 'succeeded' }],
  only: [],
};
const DEFINED: WebhookMappingEvent = { type: 'WebhookMappingDefined', data: { ...mapping, ...at('09:00') } };
const WITHDRAWN: WebhookMappingEvent = {
  type: 'WebhookMappingWithdrawn',
  data: { reason: 'sealed:v1:x', ...at('09:10') },
};
const define = (other: Partial<Mapping> = {}): WebhookMappingCommand => ({
  type: 'DefineWebhookMapping',
  data: { ...mapping, ...other },
});
const withdraw: WebhookMappingCommand = { type: 'WithdrawWebhookMapping', data: { reason: 'sealed:v1:x' } };
const when = (intent: WebhookMappingCommand, ...history: readonly WebhookMappingEvent[]) =>
  given(...history).when({ ...intent, stamp: at('10:00') });

describe('a mapping of webhooks', () => {
  it('is defined, and replaced by another definition', () => {
    expect(when(define())).toEqual([{ type: 'WebhookMappingDefined', data: { ...mapping, ...at('10:00') } }]);
    expect(when(define(), DEFINED)).toEqual([]);
    expect(when(define({ only: [{ pointer: '/type', equals: 'deploy' }] }), DEFINED)).toHaveLength(1);
    expect(when(define(), DEFINED, WITHDRAWN)).toHaveLength(1);
  });

  it('gives each word of the tool one meaning', () => {
    const statuses = [...mapping.statuses, { said: 'DONE', status: 'failed' as const }];
    expect(when(define({ statuses }))).toMatchObject({ rejected: 'duplicate-status' });
  });

  const histories = { none: [], defined: [DEFINED], withdrawn: [DEFINED, WITHDRAWN] } as const;
  const commands = { DefineWebhookMapping: define({ name: 'other' }), WithdrawWebhookMapping: withdraw } as const;
  const pairs = (Object.keys(histories) as (keyof typeof histories)[]).flatMap(state =>
    (Object.keys(commands) as (keyof typeof commands)[]).map(type => [state, type] as const),
  );

  it.each(pairs)('that is %s takes %s as the table says', (state, type) => {
    const history: readonly WebhookMappingEvent[] = histories[state];
    const decided = when(commands[type], ...history);
    const reached = isRejection(decided) ? decided.rejected : fold(webhookMapping, [...history, ...decided]).status;
    expect(reached).toBe(MAPPING_MOVES[state][type] ?? 'no-mapping');
  });
});
