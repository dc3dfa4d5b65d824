import type { IncidentEvent } from '@slipway/contracts';
import { type Decision, type Message, type Stamp, type Stamped, reject } from '@slipway/event-sourcing';
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
/** Takes a confirmed cause back, of whichever kind. */
export type WithdrawCause = Message<
  'WithdrawCause',
  Readonly<{ kind: CauseKind; deploymentId?: string; changeId?: string; reason: string }>
>;

type Cause = Readonly<{ kind: CauseKind; deploymentId?: string; changeId?: string; primary: boolean }>;

/** What is thought of the cause. `proposed` is absent until the first proposal. */
export type Causes = Readonly<{
  proposed?: readonly string[];
  confirmed: readonly Cause[];
  rejected: readonly string[];
}>;

export const noCauses: Causes = { confirmed: [], rejected: [] };

export type CauseRefusal =
  'cause-incomplete' | 'cause-contradicts' | 'primary-cause-needed' | 'not-a-candidate' | 'cause-not-confirmed';
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

const isNoChange = ({ kind }: Pick<Cause, 'kind'>): boolean => kind === 'not-change-related' || kind === 'unknown';

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
  const known = confirmed.find(each => isSameCause(each, data));
  if (known?.primary && !data.primary)
    return reject('primary-cause-needed', 'One cause is the primary one: confirm another one as primary instead.');
  // The first one is the primary one, whatever is said of it.
  const primary = data.primary || confirmed.filter(each => !isNoChange(each)).length === 0;
  return known?.primary === primary ? [] : [{ type: 'CauseConfirmed', data: { ...stamp, ...data, primary } }];
};

export const rejectCandidate = (
  { data, stamp }: Stamped<RejectCandidate>,
  { proposed = [], confirmed, rejected }: Causes,
): CauseDecision => {
  if (rejected.includes(data.deploymentId)) return [];
  const cause = confirmed.find(each => each.deploymentId === data.deploymentId);
  return cause || proposed.includes(data.deploymentId)
    ? [{ type: 'CauseRejected', data: { ...stamp, ...data } }, ...successor(cause, confirmed, stamp)]
    : reject('not-a-candidate', 'This deployment is neither a candidate nor a confirmed cause.');
};

export const withdraw = ({ data, stamp }: Stamped<WithdrawCause>, { confirmed }: Causes): CauseDecision => {
  const cause = confirmed.find(each => isMeant(each, data));
  if (!cause) return reject('cause-not-confirmed', 'This is no confirmed cause of the incident.');
  return [
    { type: 'CauseWithdrawn', data: { ...stamp, ...subjectOf(cause), reason: data.reason } },
    ...successor(cause, confirmed, stamp),
  ];
};

/** Of a deployment the change that it ran under need not be named. */
const isMeant = (cause: Cause, { kind, deploymentId, changeId }: WithdrawCause['data']): boolean =>
  cause.kind === kind &&
  cause.deploymentId === deploymentId &&
  (cause.changeId === changeId || (kind === 'deployment' && changeId === undefined));

/** One cause stays the primary one: the oldest that is left. */
const successor = (taken: Cause | undefined, confirmed: readonly Cause[], stamp: Stamp): readonly IncidentEvent[] => {
  const next = taken?.primary ? confirmed.find(each => each !== taken) : undefined;
  if (!next) return [];
  return [{ type: 'CauseConfirmed', data: { ...stamp, ...subjectOf(next), primary: true } }];
};

/** What was the cause, without what is thought of it. */
export const subjectOf = ({ kind, deploymentId, changeId }: Cause): Omit<Cause, 'primary'> => ({
  kind,
  ...(deploymentId !== undefined && { deploymentId }),
  ...(changeId !== undefined && { changeId }),
});

type CauseEvent = Extract<
  IncidentEvent,
  { type: 'CauseProposed' | 'CauseConfirmed' | 'CauseRejected' | 'CauseWithdrawn' }
>;

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
    case 'CauseWithdrawn':
      return { ...causes, confirmed: causes.confirmed.filter(each => !isSameCause(each, event.data)) };
  }
};

const isSameCause = (one: Omit<Cause, 'primary'>, other: Omit<Cause, 'primary'>): boolean =>
  one.kind === other.kind && one.deploymentId === other.deploymentId && one.changeId === other.changeId;

/** What remains of an earlier verdict: one cause is primary, and `unknown` is over once something is known. */
const besides =
  (confirmed: Cause) =>
  (each: Cause): readonly Cause[] => {
    if (isSameCause(each, confirmed) || isNoChange(each)) return [];
    return [confirmed.primary ? { ...each, primary: false } : each];
  };
