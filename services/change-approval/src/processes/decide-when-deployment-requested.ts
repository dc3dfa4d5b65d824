import { derivedId } from '@slipway/canonical';
import type { DeploymentEvent } from '@slipway/contracts';
import { idOf, type Instruction, type Message, type Process, type Recorded } from '@slipway/event-sourcing';

type Requested = Extract<DeploymentEvent, { type: 'DeploymentRequested' }>;
type Corrected = Extract<DeploymentEvent, { type: 'DeploymentKindCorrected' }>;
type Asked = Requested | Corrected | Extract<DeploymentEvent, { type: 'DecisionRequested' }>;

/** May this content go to this target now? The facts are gathered when it is carried out. */
export type AskDecision = Message<
  'AskDecision',
  Pick<Requested['data'], 'kind' | 'target' | 'digests' | 'deployer' | 'undoes' | 'changeId' | 'releaseId'> & {
    deploymentId: string;
    /** What-if: for a preview only. */
    at?: string;
    /** How long to wait for a complete view before the answer is no; by default as long as somebody who asks would. */
    patienceMs?: number;
  }
>;
type State = Readonly<{ question?: AskDecision['data'] }>;

const NAME = 'decide-when-deployment-requested';
// Nobody waits at a door; and of a run that is only watched, a no for want of a view would stand for ever.
const PATIENCE_MS = 20_000;

const questionOf = (deploymentId: string, data: Requested['data']): AskDecision['data'] => {
  const { kind, target, digests, deployer, undoes, changeId, releaseId } = data;
  return {
    deploymentId,
    kind,
    target,
    digests,
    deployer,
    ...(undoes && { undoes }),
    ...(changeId && { changeId }),
    ...(releaseId && { releaseId }),
  };
};

const corrected = (asked: AskDecision['data'], { kind, undoes }: Corrected['data']): AskDecision['data'] => {
  const { undoes: _, ...question } = asked;
  return { ...question, kind, ...(undoes && { undoes }) };
};

const react = (event: Recorded<Asked>, { question }: State): readonly Instruction<AskDecision>[] => {
  if (!question) return [{ ignore: 'it was never requested' }];
  if (event.type === 'DeploymentKindCorrected') return [{ ignore: 'whoever wants another answer asks again' }];
  const attempt = event.type === 'DeploymentRequested' ? 1 : event.data.attempt;
  return [
    {
      send: { type: 'AskDecision', data: { ...question, patienceMs: PATIENCE_MS } },
      to: `decision-${derivedId(NAME, question.deploymentId, String(attempt))}`,
    },
  ];
};

/** Each attempt is a decision of its own; deployment-execution starts or waits by it. */
export const decideWhenDeploymentRequested: Process<Asked, AskDecision, State> = {
  name: NAME,
  events: ['DeploymentRequested', 'DeploymentKindCorrected', 'DecisionRequested'],
  instance: ({ stream }) => idOf(stream),
  initialState: {},
  evolve: (state, event) => {
    if (event.type === 'DeploymentRequested') return { question: questionOf(idOf(event.stream), event.data) };
    return event.type === 'DeploymentKindCorrected' && state.question
      ? { question: corrected(state.question, event.data) }
      : state;
  },
  react,
};
