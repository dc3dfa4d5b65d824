import { idOf } from '@slipway/event-sourcing';
import type { Prepare } from '@slipway/service';
import type { ConfirmCause, ProposeCauses } from '../domain/causes.ts';
import { REACH_HOURS, type Rollout } from '../domain/scoring.ts';
import { changeOf, reachOf, type RolloutRow } from '../read/reach.query.ts';
import { settled } from './settled.ts';

/** `INCIDENT_REACH_HOURS`: how long before an impact a deployment may have caused it. */
const reachHours = (): number => {
  const hours = Number(process.env['INCIDENT_REACH_HOURS'] ?? REACH_HOURS);
  return Number.isFinite(hours) && hours > 0 ? hours : REACH_HOURS;
};

/** What was deployed before the impact, and who depends on whom. */
export const prepareProposal: Prepare = async (command, to, sources) => {
  await settled(sources);
  const hours = reachHours();
  const { rollouts, dependencies } = await reachOf(sources.dataSource, idOf(to), hours);
  const reach: ProposeCauses['data']['reach'] = { rollouts: rollouts.map(rollout), dependencies, hours };
  return { command: { ...command, data: { reach } } };
};

const rollout = ({ changeId, ...row }: RolloutRow): Rollout => ({ ...row, ...(changeId !== null && { changeId }) });

/** The change that a deployment runs under is named beside it. */
export const prepareConfirmation: Prepare = async (command, _to, sources) => {
  const data = command.data as ConfirmCause['data'];
  if (data.kind !== 'deployment' || data.deploymentId === undefined) return { command };
  await settled(sources);
  const changeId = await changeOf(sources.dataSource, data.deploymentId);
  return { command: { ...command, data: { ...data, ...(changeId !== undefined && { changeId }) } } };
};
