import type { changeApprovalV1 as v1 } from '@slipway/contracts';
import { type Answer, type Listing, timestampOf } from '@slipway/edge';
import type { ChangeView } from '../read/change.view.ts';
import type { RecordParts } from '@slipway/records';
import type { ChangeRowDto } from './changes.answers.dto.ts';
import { workMessage } from './change-work-messages.ts';
import { enumOf } from './grpc-words.ts';

type Place = ChangeView['content']['targets'][number];
type Head = Readonly<{ id: string; number: string; version: number }> &
  Pick<
    ChangeView,
    'title' | 'requester' | 'onHold' | 'unauthorized' | 'contentDigest' | 'window' | 'raisedAt' | 'updatedAt'
  > &
  Readonly<{ model: string; state: string; releaseIds: readonly string[]; reviewDueAt?: string; closeCode?: string }>;

export const targetMessage = ({ serviceId, environmentId, wave }: Place): v1.Target => ({
  service: serviceId,
  environment: environmentId,
  wave,
});

export const optionalTimestamp = (instant: string | undefined): ReturnType<typeof timestampOf> | undefined =>
  instant === undefined ? undefined : timestampOf(instant);

const headOf = (head: Head) => ({
  id: head.id,
  number: head.number,
  version: head.version,
  title: head.title,
  model: enumOf<v1.ChangeModel>('model', head.model),
  requester: head.requester,
  state: enumOf<v1.ChangeState>('state', head.state),
  onHold: head.onHold,
  unauthorized: head.unauthorized,
  releaseIds: [...head.releaseIds],
  contentDigest: head.contentDigest,
  window: { start: timestampOf(head.window.start), end: timestampOf(head.window.end) },
  reviewDueAt: optionalTimestamp(head.reviewDueAt),
  closeCode: enumOf<v1.CloseCode>('closeCode', head.closeCode),
  raisedAt: timestampOf(head.raisedAt),
  updatedAt: timestampOf(head.updatedAt),
});

const contentMessage = (content: ChangeView['content']): v1.Content => ({
  scope: content.scope.map(({ key, kind }) => ({ key, kind })),
  artifacts: content.artifacts.map(({ serviceId, version, digest }) => ({ service: serviceId, version, digest })),
  targets: content.targets.map(targetMessage),
  configurationBaseline: content.configurationBaseline ?? '',
  deploymentPlan: content.deploymentPlan ?? '',
  rollbackPlan: content.rollbackPlan ?? '',
  configurationItems: (content.configurationItems ?? []).map(({ kind, name }) => ({ kind, name })),
});

const riskMessage = (risk: NonNullable<ChangeView['riskAssessment']>): v1.RiskAssessment => ({
  factors: risk.factors.map(factor => ({ ...factor })),
  points: risk.points,
  level: enumOf('riskLevel', risk.level),
  modelVersion: risk.modelVersion,
});

const envelopeMessage = (envelope: NonNullable<ChangeView['envelope']>): v1.Envelope => ({
  contentDigest: envelope.contentDigest,
  targets: envelope.targets.map(targetMessage),
  notBefore: timestampOf(envelope.notBefore),
  notAfter: timestampOf(envelope.notAfter),
  riskLevel: enumOf('riskLevel', envelope.riskLevel),
  model: enumOf('model', envelope.model),
});

const approvalMessage = ({
  slot,
  state,
  approver,
  roleGrantId,
  contentDigest,
  comment,
  at,
}: ChangeView['approvals'][number]): v1.Approval => ({
  slot,
  state: enumOf('approval', state),
  approver,
  roleGrantId,
  contentDigest,
  comment: comment ?? '',
  at: timestampOf(at),
});

export const changeMessage = (record: Answer['record']): v1.Change => {
  const change = record as unknown as ChangeView & RecordParts & Head;
  return {
    ...headOf(change),
    description: change.description ?? '',
    reason: change.reason ?? '',
    content: contentMessage(change.content),
    backoutMinutes: change.backoutMinutes ?? 0,
    commitAuthors: [...change.commitAuthors],
    builders: [...change.builders],
    riskAssessment: change.riskAssessment && riskMessage(change.riskAssessment),
    slots: change.slots.map(slot => ({ ...slot })),
    approvals: change.approvals.map(approvalMessage),
    envelope: change.envelope && envelopeMessage(change.envelope),
    authorization: change.authorization ?? '',
    attempts: change.attempts.map(({ deploymentId, target, undoes = '', outcome = '', byHand = false }) => ({
      deploymentId,
      target: targetMessage(target),
      undoes,
      outcome,
      byHand,
    })),
    note: change.note ?? '',
    ...workMessage(change),
    implementationPlan: change.implementationPlan ?? '',
    externalRefs: change.externalRefs.map(({ system, key, url = '' }) => ({ system, key, url })),
    labels: [...change.labels],
  };
};

/** The answer to a command. */
export const written = ({ record, event = '', replayed }: Answer): v1.RaiseChangeResponse => ({
  change: changeMessage(record),
  event,
  replayed,
});

export const listMessage = ({ items, position, nextPageToken = '' }: Listing): v1.ListChangesResponse => ({
  changes: (items as readonly ChangeRowDto[]).map(row => ({
    ...headOf(row),
    riskLevel: enumOf<v1.RiskLevel>('riskLevel', row.riskLevel),
    services: [...row.services],
    environments: [...row.environments],
    labels: [...row.labels],
    refs: [...row.refs],
    openSlots: row.openSlots.map(({ slot, role, missing }) => ({ slot, role, missing })),
  })),
  nextPageToken,
  position: String(position),
});
