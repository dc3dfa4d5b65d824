import type { ReleaseEvent } from '@slipway/contracts';
import type { Stamp } from '@slipway/event-sourcing';

/** Who did it, and when. */
type Done = Readonly<{ by: string; at: string }>;
type Criterion = Readonly<{ name: string; met?: Done & Readonly<{ note?: string }> }>;
type Gate = Readonly<{ criteria: readonly Criterion[]; passed?: Done }>;
type Raci = Readonly<{
  responsible: readonly string[];
  accountable?: string;
  consulted: readonly string[];
  informed: readonly string[];
}>;

/** What is planned beside content and window. */
export type PlanView = Readonly<{
  milestones: readonly Readonly<{ name: string; dueAt: string; owner?: string; reached?: Done }>[];
  /** In the order in which they follow each other. */
  phases: readonly Readonly<{ name: string; entry: Gate; exit: Gate }>[];
  manager?: string;
  raci?: Raci;
}>;

export const noPlan: PlanView = { milestones: [], phases: [] };

/** What an event says of the plan; nothing when it is about something else. */
export const planAfter = (plan: PlanView, event: ReleaseEvent): Partial<PlanView> => {
  switch (event.type) {
    case 'MilestonePlanned':
    case 'MilestoneReached':
    case 'MilestoneDropped':
      return { milestones: milestonesAfter(plan, event) };
    case 'PhasePlanned':
    case 'PhaseDropped':
    case 'PhaseCriterionMet':
    case 'PhaseCriterionReopened':
    case 'PhaseGatePassed':
      return { phases: phasesAfter(plan, event) };
    case 'ReleaseManagerNamed':
      return { manager: event.data.manager };
    case 'ReleaseRaciStated': {
      const { responsible, accountable, consulted, informed } = event.data;
      return { raci: { responsible, ...(accountable !== undefined && { accountable }), consulted, informed } };
    }
    default:
      return {};
  }
};

type Of<Type extends ReleaseEvent['type']> = Extract<ReleaseEvent, { type: Type }>;

const milestonesAfter = (
  { milestones }: PlanView,
  event: Of<'MilestonePlanned' | 'MilestoneReached' | 'MilestoneDropped'>,
): PlanView['milestones'] => {
  const { name } = event.data;
  switch (event.type) {
    case 'MilestonePlanned': {
      const { dueAt, owner } = event.data;
      return put(milestones, { name, dueAt, ...(owner !== undefined && { owner }) });
    }
    case 'MilestoneReached': {
      const reached = { by: event.data.by, at: event.data.occurredAt };
      return milestones.map(each => (each.name === name ? { ...each, reached } : each));
    }
    case 'MilestoneDropped':
      return milestones.filter(each => each.name !== name);
  }
};

const put = <Named extends Readonly<{ name: string }>>(all: readonly Named[], one: Named): readonly Named[] =>
  all.some(({ name }) => name === one.name) ? all.map(each => (each.name === one.name ? one : each)) : [...all, one];

const phasesAfter = (
  { phases }: PlanView,
  event: Of<'PhasePlanned' | 'PhaseDropped' | 'PhaseCriterionMet' | 'PhaseCriterionReopened' | 'PhaseGatePassed'>,
): PlanView['phases'] => {
  switch (event.type) {
    case 'PhasePlanned': {
      const { name, entryCriteria, exitCriteria } = event.data;
      const before = phases.find(each => each.name === name);
      return put(phases, {
        name,
        entry: gateWith(entryCriteria, before?.entry),
        exit: gateWith(exitCriteria, before?.exit),
      });
    }
    case 'PhaseDropped':
      return phases.filter(({ name }) => name !== event.data.name);
    case 'PhaseCriterionMet': {
      const { note } = event.data;
      return withCriterion(phases, event.data, { met: { ...doneBy(event.data), ...(note && { note }) } });
    }
    case 'PhaseCriterionReopened':
      return withCriterion(phases, event.data, {});
    case 'PhaseGatePassed':
      return withGate(phases, event.data, gate => ({ ...gate, passed: doneBy(event.data) }));
  }
};

const doneBy = ({ actor, occurredAt }: Stamp): Done => ({ by: actor, at: occurredAt });

const gateWith = (names: readonly string[], before: Gate = { criteria: [] }): Gate => ({
  ...before,
  criteria: names.map(name => before.criteria.find(each => each.name === name) ?? { name }),
});

type At = Readonly<{ phase: string; gate: 'entry' | 'exit' }>;

const withGate = (phases: PlanView['phases'], at: At, change: (gate: Gate) => Gate): PlanView['phases'] =>
  phases.map(phase => (phase.name === at.phase ? { ...phase, [at.gate]: change(phase[at.gate]) } : phase));

const withCriterion = (
  phases: PlanView['phases'],
  at: At & Readonly<{ criterion: string }>,
  now: Omit<Criterion, 'name'>,
): PlanView['phases'] =>
  withGate(phases, at, gate => ({
    ...gate,
    criteria: gate.criteria.map(each => (each.name === at.criterion ? { name: each.name, ...now } : each)),
  }));
