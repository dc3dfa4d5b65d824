import { projection } from '@slipway/consumers';
import type { DecisionEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';

const TAKEN = `
  INSERT INTO decisions_v1
    (id, verdict, kind, deployment_id, change_id, release_id, service, environment, refused_by,
     asked_at, valid_until, next_opening)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  ON CONFLICT (id) DO NOTHING`;

const refusing = ({ rules }: DecisionEvent['data']): readonly string[] =>
  rules.filter(({ outcome }) => outcome === 'non-compliant' || outcome === 'error').map(({ rule }) => rule);

export const decisionList = projection<DecisionEvent>({
  consumer: 'change-approval.decisions',
  categories: ['decision'],
  tables: ['decisions_v1'],
  independent: true,
  handlers: {
    DecisionTaken: async ({ stream, data }, client) => {
      const { verdict, kind, deploymentId, changeId, releaseId, target, askedAt, validUntil, nextOpening } = data;
      const found = [changeId ?? null, releaseId ?? null, target.serviceId, target.environmentId];
      const times = [askedAt, validUntil ?? null, nextOpening ?? null];
      await client.query(TAKEN, [idOf(stream), verdict, kind, deploymentId, ...found, refusing(data), ...times]);
    },
  },
});
