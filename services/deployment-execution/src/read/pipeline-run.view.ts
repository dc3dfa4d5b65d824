import type { PipelineRunEvent, Tool } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

export type MessageView = Readonly<{
  deliveryId: string;
  status: string;
  occurredAt: string;
  recordedAt: string;
  contradicts: boolean;
  payload: string;
}>;

export type PipelineRunView = Readonly<{
  state: 'reported' | 'unmatched' | 'matched' | 'unreadable';
  tool: Tool;
  mapping?: Readonly<{ name: string; version: number }>;
  externalId?: string;
  repository?: string;
  environmentAlias?: string;
  commit?: string;
  digests?: readonly string[];
  startedBy?: string;
  missing?: string;
  problem?: string;
  serviceId?: string;
  environmentId?: string;
  deploymentId?: string;
  releaseId?: string;
  changeId?: string;
  /** Bound by hand: by whom, and why. */
  bound?: Readonly<{ by: string; reason: string }>;
  /** What the tool sent; one that names another environment or commit than the first contradicts it. */
  messages: readonly MessageView[];
}>;

export const pipelineRunView = (
  view: PipelineRunView | undefined,
  event: Recorded<PipelineRunEvent>,
): PipelineRunView | undefined => {
  switch (event.type) {
    case 'PipelineRunReported':
      return reported(view, event.data);
    case 'PipelineRunUnreadable': {
      const { tool, deliveryId, problem, payload, occurredAt, recordedAt } = event.data;
      return {
        state: 'unreadable',
        tool,
        problem,
        messages: [{ deliveryId, status: 'unreadable', occurredAt, recordedAt, contradicts: false, payload }],
      };
    }
    case 'PipelineRunUnmatched':
      return view && { ...view, state: 'unmatched', missing: event.data.missing };
    case 'PipelineRunMatched':
      return view && matched(view, event.data);
  }
};

type Reported = Extract<PipelineRunEvent, { type: 'PipelineRunReported' }>['data'];
type Matched = Extract<PipelineRunEvent, { type: 'PipelineRunMatched' }>['data'];

const reported = (view: PipelineRunView | undefined, data: Reported): PipelineRunView => {
  const {
    tool,
    externalId,
    repository,
    environmentAlias,
    commit,
    digests,
    mapping,
    startedBy,
    deliveryId,
    status,
    occurredAt,
    recordedAt,
    payload,
  } = data;
  const first = view ?? {
    state: 'reported',
    tool,
    externalId,
    repository,
    environmentAlias,
    commit,
    ...(digests && { digests }),
    ...(mapping && { mapping }),
    startedBy,
    messages: [],
  };
  const contradicts = first.environmentAlias !== environmentAlias || first.commit !== commit;
  return {
    ...first,
    messages: [...first.messages, { deliveryId, status, occurredAt, recordedAt, contradicts, payload }],
  };
};

const matched = (view: PipelineRunView, data: Matched): PipelineRunView => {
  const { missing: _, ...run } = view;
  const { target, deploymentId, releaseId, changeId, reason, actor } = data;
  return {
    ...run,
    state: 'matched',
    serviceId: target.serviceId,
    environmentId: target.environmentId,
    deploymentId,
    ...(releaseId !== undefined && { releaseId }),
    ...(changeId !== undefined && { changeId }),
    ...(reason !== undefined && { bound: { by: actor, reason } }),
  };
};
