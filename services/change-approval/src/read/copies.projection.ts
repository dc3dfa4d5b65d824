import { type Projection, projection } from '@slipway/consumers';
import type {
  CatalogEvent,
  ChangeEvent,
  DecisionEvent,
  DeploymentEvent,
  ReleaseEvent,
  TargetEvent,
} from '@slipway/contracts';
import { categoryOf, type Recorded } from '@slipway/event-sourcing';
import { environmentCopy, personCopy, roleGrantCopy, serviceCopy } from './catalog.copy.ts';
import { changeView } from './change.view.ts';
import { decisionCopy, deploymentCopy, targetCopy } from './deployment.copy.ts';
import { releaseCopy } from './release.copy.ts';

type Copied = CatalogEvent | ChangeEvent | DecisionEvent | DeploymentEvent | ReleaseEvent | TargetEvent;
type Fold = { bivariant(copy: unknown, event: Recorded<Copied>): unknown }['bivariant'];

const folds: Readonly<Record<string, Fold>> = {
  change: changeView as Fold,
  release: releaseCopy as Fold,
  service: serviceCopy as Fold,
  environment: environmentCopy as Fold,
  person: personCopy as Fold,
  roleGrant: roleGrantCopy as Fold,
  deployment: deploymentCopy as Fold,
  decision: decisionCopy as Fold,
  target: targetCopy as Fold,
};

const KEEP = `
  INSERT INTO copies_v1 (stream, category, version, state) VALUES ($1, $2, $3, $4)
  ON CONFLICT (stream) DO UPDATE SET version = excluded.version, state = excluded.state`;

/**
 * What decisions and approvals are taken on: one row a stream, each its fold, all at one position of the log.
 * With the stream's version, so that a decision says what it read and finds out when that has moved.
 */
export const copies: Projection = projection<Copied>({
  consumer: 'change-approval.copies',
  categories: Object.keys(folds),
  handlers: {},
  otherwise: async (event, client) => {
    const category = categoryOf(event.stream);
    const { rows } = await client.query<{ state: unknown }>('SELECT state FROM copies_v1 WHERE stream = $1', [
      event.stream,
    ]);
    const state = folds[category]?.(rows[0]?.state, event);
    if (state !== undefined) await client.query(KEEP, [event.stream, category, event.version, JSON.stringify(state)]);
  },
});
