import { canonical } from '@slipway/canonical';
import type { ReleaseEvent } from '@slipway/contracts';
import { type Decision, reject, type Stamped } from '@slipway/event-sourcing';
import type {
  DropMilestone,
  NameReleaseManager,
  PlanCommand,
  PlanMilestone,
  ReachMilestone,
  StateRaci,
} from './release-commands.ts';
import { evolvePhases, noPhases, type Phases } from './release-phases-state.ts';
import { dropPhase, meetCriterion, passGate, type PhaseRefusal, planPhase, reopenCriterion } from './release-phases.ts';

type Milestone = Readonly<{ dueAt: string; owner?: string; reached: boolean }>;

/** What is planned beside content and window. Nothing that an approval binds is among it. */
export type Plan = Readonly<{
  milestones: ReadonlyMap<string, Milestone>;
  phases: Phases;
  manager?: string;
  raci?: StateRaci['data'];
}>;

export type PlanRefusal = PhaseRefusal | 'milestone-not-found' | 'milestone-reached' | 'too-many-milestones';

type PlanDecision = Decision<ReleaseEvent, PlanRefusal>;

const MOST_MILESTONES = 100;

const planMilestone = ({ data, stamp }: Stamped<PlanMilestone>, { milestones }: Plan): PlanDecision => {
  const before = milestones.get(data.name);
  if (before?.reached) return reject('milestone-reached', `${data.name} was reached: it is not planned again.`);
  if (before?.dueAt === data.dueAt && before.owner === data.owner) return [];
  if (!before && milestones.size >= MOST_MILESTONES)
    return reject('too-many-milestones', `A release has at most ${MOST_MILESTONES} milestones.`);
  return [{ type: 'MilestonePlanned', data: { ...stamp, ...data } }];
};

const reachMilestone = ({ data, stamp }: Stamped<ReachMilestone>, { milestones }: Plan): PlanDecision => {
  const before = milestones.get(data.name);
  if (!before) return reject('milestone-not-found', `There is no milestone ${data.name}.`);
  return before.reached ? [] : [{ type: 'MilestoneReached', data: { ...stamp, ...data } }];
};

const dropMilestone = ({ data, stamp }: Stamped<DropMilestone>, { milestones }: Plan): PlanDecision => {
  const before = milestones.get(data.name);
  if (!before) return reject('milestone-not-found', `There is no milestone ${data.name}.`);
  if (before.reached) return reject('milestone-reached', `${data.name} was reached.`);
  return [{ type: 'MilestoneDropped', data: { ...stamp, ...data } }];
};

const nameManager = ({ data, stamp }: Stamped<NameReleaseManager>, { manager }: Plan): PlanDecision =>
  manager === data.manager ? [] : [{ type: 'ReleaseManagerNamed', data: { ...stamp, ...data } }];

const stateRaci = ({ data, stamp }: Stamped<StateRaci>, { raci }: Plan): PlanDecision =>
  raci && canonical(raci) === canonical(data) ? [] : [{ type: 'ReleaseRaciStated', data: { ...stamp, ...data } }];

type Handlers = {
  readonly [Type in PlanCommand['type']]: (
    command: Stamped<Extract<PlanCommand, { type: Type }>>,
    plan: Plan,
  ) => PlanDecision;
};

export const planHandlers: Handlers = {
  PlanMilestone: planMilestone,
  ReachMilestone: reachMilestone,
  DropMilestone: dropMilestone,
  PlanPhase: (command, { phases }) => planPhase(command, phases),
  DropPhase: (command, { phases }) => dropPhase(command, phases),
  MeetCriterion: (command, { phases }) => meetCriterion(command, phases),
  ReopenCriterion: (command, { phases }) => reopenCriterion(command, phases),
  PassGate: (command, { phases }) => passGate(command, phases),
  NameReleaseManager: nameManager,
  StateRaci: stateRaci,
};

export const noPlan: Plan = { milestones: new Map(), phases: noPhases };

export const evolvePlan = (plan: Plan, event: ReleaseEvent): Plan => {
  switch (event.type) {
    case 'MilestonePlanned': {
      const { name, dueAt, owner } = event.data;
      const milestone = { dueAt, ...(owner !== undefined && { owner }), reached: false };
      return { ...plan, milestones: new Map(plan.milestones).set(name, milestone) };
    }
    case 'MilestoneReached': {
      const before = plan.milestones.get(event.data.name);
      if (!before) return plan;
      return { ...plan, milestones: new Map(plan.milestones).set(event.data.name, { ...before, reached: true }) };
    }
    case 'MilestoneDropped':
      return { ...plan, milestones: new Map([...plan.milestones].filter(([name]) => name !== event.data.name)) };
    case 'ReleaseManagerNamed':
      return { ...plan, manager: event.data.manager };
    case 'ReleaseRaciStated': {
      const { responsible, accountable, consulted, informed } = event.data;
      const raci = { responsible, ...(accountable !== undefined && { accountable }), consulted, informed };
      return { ...plan, raci };
    }
    default:
      return { ...plan, phases: evolvePhases(plan.phases, event) };
  }
};
