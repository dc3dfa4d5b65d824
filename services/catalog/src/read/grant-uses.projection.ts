import { type Delivery, projection } from '@slipway/consumers';
import type { ChangeEvent, DecisionEvent } from '@slipway/contracts';

const USED = `
  INSERT INTO grant_uses_v1 (id, used_at)
  SELECT id, max(used_at) FROM unnest($1::text[], $2::timestamptz[]) AS used (id, used_at) GROUP BY id
  ON CONFLICT (id) DO UPDATE SET used_at = greatest(grant_uses_v1.used_at, excluded.used_at)`;

/** When an approval or a decision last relied on a grant; nothing else says on which one it relied. */
export const grantUses = projection<ChangeEvent | DecisionEvent>({
  consumer: 'catalog.grant-uses',
  categories: ['change', 'decision'],
  tables: ['grant_uses_v1'],
  applyAll: async (events, client) => {
    const uses = events.flatMap(event => grantsIn(event).map(id => [id, event.data.occurredAt] as const));
    if (uses.length > 0) await client.query(USED, [uses.map(([id]) => id), uses.map(([, at]) => at)]);
  },
});

const grantsIn = ({ type, data }: Delivery<ChangeEvent | DecisionEvent>): readonly string[] => {
  if (type === 'ApprovalGranted' || type === 'ApprovalRejected') return [data.roleGrantId];
  return type === 'DecisionTaken' ? data.roleGrantIds : [];
};
