import { type DataOf, type Fact, instantOf, latenessOf, rowsOf } from '../facts/facts.ts';

/** Instants are milliseconds since 1970. */
export type Change = Readonly<{
  id: string;
  model: DataOf<'ChangeRaised'>['model'];
  releaseIds: readonly string[];
  serviceIds: readonly string[];
  environmentIds: readonly string[];
  /** When an approval was asked for the first time. */
  requestedAt?: number;
  /** When it was approved the last time. */
  approvedAt?: number;
  /** Asked for, and not approved since: the first time, or again. */
  isAwaiting: boolean;
  /** It was approved more than once. */
  approvals: number;
  breakGlass: boolean;
  implementedAt?: number;
  closedAt?: number;
  closeCode?: DataOf<'ChangeClosed'>['closeCode'];
  canceledAt?: number;
  isUnauthorized: boolean;
  /** Incidents that a person said it mends. */
  mends: readonly string[];
  imported: boolean;
  /** The most that a fact of it was recorded after it happened, in milliseconds. */
  lateness: number;
}>;

export const changesOf = (facts: readonly Fact[]): readonly Change[] => rowsOf(facts, 'change', changeRow);

/** The row of a change: a fold of its own facts alone. */
export const changeRow = (id: string, change: Change | undefined, fact: Fact): Change | undefined => {
  const after = begun(id, change, fact) ?? (change && evolve(change, fact));
  return after && { ...after, lateness: Math.max(after.lateness, latenessOf(fact)) };
};

const begun = (id: string, change: Change | undefined, fact: Fact): Change | undefined => {
  if (fact.type === 'ChangeRaised') return raised(id, fact.data);
  if (fact.type === 'ChangeImported') return imported(id, change, fact.data);
  return undefined;
};

const evolve = (change: Change, fact: Fact): Change => {
  const at = instantOf(fact);
  switch (fact.type) {
    case 'ChangeRevised':
      return { ...change, environmentIds: environmentsOf(fact.data.content) };
    case 'ApprovalRequested':
      return { ...change, requestedAt: change.requestedAt ?? at, isAwaiting: true };
    case 'ApprovalVoided':
      return { ...change, isAwaiting: true };
    case 'ChangeAuthorized':
      return authorized(change, at, fact.data.authorization);
    case 'ChangeImplementationStarted':
      return { ...change, implementedAt: change.implementedAt ?? at };
    case 'ChangeFoundUnauthorized':
      return { ...change, isUnauthorized: true };
    case 'ChangeClosed': {
      const { closeCode, unauthorized } = fact.data;
      return { ...change, closedAt: at, closeCode, isUnauthorized: unauthorized };
    }
    case 'ChangeCanceled':
      return { ...change, canceledAt: at };
    default:
      return related(change, fact);
  }
};

const related = (change: Change, fact: Fact): Change => {
  if (fact.type !== 'RelatedRecordLinked' && fact.type !== 'RelatedRecordUnlinked') return change;
  const { record, recordId } = fact.data;
  if (record !== 'incident') return change;
  const others = change.mends.filter(each => each !== recordId);
  const isMended = fact.type === 'RelatedRecordLinked' && fact.data.relation === 'remediates';
  return { ...change, mends: isMended ? [...others, recordId].sort() : others };
};

const authorized = (change: Change, at: number, how: DataOf<'ChangeAuthorized'>['authorization']): Change => {
  if (how === 'pre-authorized') return { ...change, isAwaiting: false };
  if (how === 'retrospective') return { ...change, breakGlass: true };
  return { ...change, approvedAt: at, isAwaiting: false, approvals: change.approvals + 1 };
};

const raised = (id: string, { model, releaseIds, serviceIds, content }: DataOf<'ChangeRaised'>): Change => ({
  id,
  model,
  releaseIds,
  serviceIds,
  environmentIds: environmentsOf(content),
  isAwaiting: false,
  approvals: 0,
  breakGlass: false,
  isUnauthorized: false,
  mends: [],
  imported: false,
  lateness: 0,
});

const environmentsOf = ({ targets }: DataOf<'ChangeRaised'>['content']): readonly string[] => [
  ...new Set(targets.map(({ environmentId }) => environmentId)),
];

/** A change of history, in whole as the source said it last. */
const imported = (id: string, before: Change | undefined, data: DataOf<'ChangeImported'>): Change => {
  const at = (name: string, instant: string | undefined) =>
    instant === undefined ? {} : { [name]: Date.parse(instant) };
  const { model, breakGlass, serviceIds, environmentIds, approvalRequestedAt, authorizedAt, state, closeCode } = data;
  return {
    id,
    model,
    releaseIds: [],
    serviceIds,
    environmentIds,
    ...at('requestedAt', approvalRequestedAt),
    ...(approvalRequestedAt !== undefined && !breakGlass && at('approvedAt', authorizedAt)),
    isAwaiting: approvalRequestedAt !== undefined && authorizedAt === undefined,
    approvals: authorizedAt === undefined ? 0 : 1,
    breakGlass,
    ...at('implementedAt', data.implementationStartedAt),
    ...(state === 'closed' && at('closedAt', data.closedAt)),
    ...(closeCode !== undefined && { closeCode }),
    ...(state === 'canceled' && at('canceledAt', data.closedAt)),
    isUnauthorized: data.unauthorized ?? false,
    mends: before?.mends ?? [],
    imported: true,
    lateness: before?.lateness ?? 0,
  };
};
