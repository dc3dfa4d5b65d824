import type { IncidentEvent } from '@slipway/contracts';
import { type Decision, type Message, type Stamped, reject } from '@slipway/event-sourcing';
import { candidatesOf, type Dependency, type Rollout, SCORING_VERSION, type Situation } from './scoring.ts';

/** `reach`: what was deployed lately and who depends on whom, as far as this service knows. */
export type ProposeCauses = Message<
  'ProposeCauses',
  Readonly<{ reach?: Readonly<{ rollouts: readonly Rollout[]; dependencies: readonly Dependency[]; hours?: number }> }>
>;
export type CauseKind = 'deployment' | 'change' | 'external' | 'not-change-related' | 'unknown';
export type ConfirmCause = Message<
  'ConfirmCause',
  Readonly<{ kind: CauseKind; deploymentId?: string; changeId?: string; primary: boolean; note?: string }>
>;
export type RejectCandidate = Message<'RejectCandidate', Readonly<{ deploymentId: string; note?: string }>>;

type Cause = Readonly<{ kind: CauseKind; deploymentId?: string; changeId?: string; primary: boolean }>;

/** What is thought of the cause. `proposed` is absent until the first proposal. */
export type Causes = Readonly<{
  proposed?: readonly string[];
  confirmed: readonly Cause[];
  rejected: readonly string[];
}>;

export const noCauses: Causes = { confirmed: [], rejected: [] };

export type CauseRefusal = 'cause-incomplete' | 'cause-contradicts' | 'not-a-candidate';
export type CauseDecision = Decision<IncidentEvent, CauseRefusal>;

/** Anew only when the set or the order of candidates differs, and while no person has confirmed a cause. */
export const propose = (
  { data, stamp }: Stamped<ProposeCauses>,
  causes: Causes,
  situation: Situation,
): CauseDecision => {
  if (causes.confirmed.length > 0) return [];
  const { rollouts = [], dependencies = [], hours } = data.reach ?? {};
  const open = rollouts.filter(({ deploymentId }) => !causes.rejected.includes(deploymentId));
  const candidates = candidatesOf(situation, open, dependencies, hours);
  const isSame = causes.proposed?.join() === candidates.map(({ deploymentId }) => deploymentId).join();
  return isSame ? [] : [{ type: 'CauseProposed', data: { ...stamp, scoringVersion: SCORING_VERSION, candidates } }];
};

export const confirm = ({ data, stamp }: Stamped<ConfirmCause>, { confirmed }: Causes): CauseDecision => {
  if ((data.kind === 'deployment') !== (data.deploymentId !== undefined))
    return reject('cause-incomplete', 'A cause of kind deployment names the deployment, and no other kind does.');
  if ((data.kind === 'change') !== (data.changeId !== undefined && data.deploymentId === undefined))
    return reject('cause-incomplete', 'A cause of kind change names the change, and no other kind does.');
  if (isNoChange(data) && confirmed.some(each => !isNoChange(each)))
    return reject(
      'cause-contradicts',
      'A deployment or change is confirmed: reject it before you say that it was none.',
    );
  const isKnown = confirmed.some(each => isSameCause(each, data) && each.primary === data.primary);
  return isKnown ? [] : [{ type: 'CauseConfirmed', data: { ...stamp, ...data } }];
};

export const rejectCandidate = (
  { data, stamp }: Stamped<RejectCandidate>,
  { proposed = [], confirmed, rejected }: Causes,
): CauseDecision => {
  if (rejected.includes(data.deploymentId)) return [];
  const isCandidate =
    proposed.includes(data.deploymentId) || confirmed.some(each => each.deploymentId === data.deploymentId);
  return isCandidate
    ? [{ type: 'CauseRejected', data: { ...stamp, ...data } }]
    : reject('not-a-candidate', 'This deployment is neither a candidate nor a confirmed cause.');
};

type CauseEvent = Extract<IncidentEvent, { type: 'CauseProposed' | 'CauseConfirmed' | 'CauseRejected' }>;

export const evolveCauses = (causes: Causes, event: CauseEvent): Causes => {
  switch (event.type) {
    case 'CauseProposed':
      return { ...causes, proposed: event.data.candidates.map(({ deploymentId }) => deploymentId) };
    case 'CauseConfirmed':
      return {
        ...causes,
        confirmed: [...causes.confirmed.flatMap(besides(event.data)), event.data],
        rejected: causes.rejected.filter(each => each !== event.data.deploymentId),
      };
    case 'CauseRejected':
      return {
        ...causes,
        confirmed: causes.confirmed.filter(each => each.deploymentId !== event.data.deploymentId),
        rejected: [...causes.rejected, event.data.deploymentId],
      };
  }
};

const isNoChange = ({ kind }: Pick<Cause, 'kind'>): boolean => kind === 'not-change-related' || kind === 'unknown';

const isSameCause = (one: Cause, other: Cause): boolean =>
  one.kind === other.kind && one.deploymentId === other.deploymentId && one.changeId === other.changeId;

/** What remains of an earlier verdict: one cause is primary, and `unknown` is over once something is known. */
const besides =
  (confirmed: Cause) =>
  (each: Cause): readonly Cause[] => {
    if (isSameCause(each, confirmed) || isNoChange(each)) return [];
    return [confirmed.primary ? { ...each, primary: false } : each];
  };
