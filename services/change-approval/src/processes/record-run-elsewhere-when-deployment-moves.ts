import type { Process } from '@slipway/event-sourcing';
import type { RecordElsewhere } from '../domain/run-elsewhere.ts';
import {
  deploymentOf,
  type DeploymentUnderChange,
  evolve,
  followed,
  nothingKnown,
  type UnderChange,
} from './deployment-under-change.ts';

/** A change hears of what ran before production, too: it says when all of its targets are settled. */
export const recordRunElsewhereWhenDeploymentMoves: Process<DeploymentUnderChange, RecordElsewhere, UnderChange> = {
  name: 'record-run-elsewhere-when-deployment-moves',
  events: followed,
  instance: deploymentOf,
  initialState: nothingKnown,
  evolve,
  react: (event, { request, changeId, started, outcome }) => {
    // What a rollback undoes tells so itself.
    if (!request || request.production || request.undoes || !changeId || !started)
      return [{ ignore: 'it does not run before production under a change that is known' }];
    const { target, digests } = request;
    const data = { deploymentId: deploymentOf(event), target, digests, ...(outcome && { outcome }) };
    return [{ send: { type: 'RecordElsewhere', data }, to: `change-${changeId}` }];
  },
};
