import { type Delivery, type Projection, projection } from '@slipway/consumers';
import type {
  CatalogEvent,
  ChangeEvent,
  DecisionEvent,
  DeploymentEvent,
  ReleaseEvent,
  TargetEvent,
} from '@slipway/contracts';
import { categoryOf, type Recorded } from '@slipway/event-sourcing';
import type { ClientBase } from 'pg';
import { applicationCopy, environmentCopy, personCopy, roleGrantCopy, serviceCopy } from './catalog.copy.ts';
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
  application: applicationCopy as Fold,
  person: personCopy as Fold,
  roleGrant: roleGrantCopy as Fold,
  deployment: deploymentCopy as Fold,
  decision: decisionCopy as Fold,
  target: targetCopy as Fold,
};

const KNOWN = 'SELECT stream, state FROM copies_v1 WHERE stream = ANY ($1)';
const KEEP = `
  INSERT INTO copies_v1 (stream, category, version, state)
  SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::jsonb[])
  ON CONFLICT (stream) DO UPDATE SET version = excluded.version, state = excluded.state`;

type Copy = Readonly<{ version: number; state: unknown }>;

/** Each stream's fold as it is after these events; those that begin with nothing to keep are left out. */
const copiesAfter = (
  known: ReadonlyMap<string, unknown>,
  events: readonly Delivery<Copied>[],
): ReadonlyMap<string, Copy> => {
  const after = new Map<string, Copy>();
  for (const event of events) {
    const { stream, version } = event;
    const state = folds[categoryOf(stream)]?.(after.get(stream)?.state ?? known.get(stream), event);
    if (state !== undefined) after.set(stream, { version, state });
  }
  return after;
};

export const keepCopies = async (events: readonly Delivery<Copied>[], client: ClientBase): Promise<void> => {
  const streams = [...new Set(events.map(({ stream }) => stream))];
  const { rows } = await client.query<{ stream: string; state: unknown }>(KNOWN, [streams]);
  const after = [...copiesAfter(new Map(rows.map(({ stream, state }) => [stream, state])), events)];
  await client.query(KEEP, [
    after.map(([stream]) => stream),
    after.map(([stream]) => categoryOf(stream)),
    after.map(([, { version }]) => version),
    after.map(([, { state }]) => JSON.stringify(state)),
  ]);
};

/**
 * What decisions and approvals are taken on: one row a stream, each its fold, all at one position of the log.
 * With the stream's version, so that a decision says what it read and finds out when that has moved.
 */
export const copies: Projection = projection<Copied>({
  consumer: 'change-approval.copies',
  categories: Object.keys(folds),
  tables: ['copies_v1'],
  independent: true,
  applyAll: keepCopies,
});
