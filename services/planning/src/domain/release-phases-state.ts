import type { ReleaseEvent } from '@slipway/contracts';

export type GateName = 'entry' | 'exit';
/** `criteria`: name to whether it is met. */
export type Gate = Readonly<{ criteria: ReadonlyMap<string, boolean>; passed: boolean }>;
export type Phase = Readonly<{ name: string; entry: Gate; exit: Gate }>;
/** In the order in which they follow each other. */
export type Phases = readonly Phase[];

export const noPhases: Phases = [];

export const phaseNamed = (phases: Phases, name: string): Phase | undefined => phases.find(each => each.name === name);

export const evolvePhases = (phases: Phases, event: ReleaseEvent): Phases => {
  switch (event.type) {
    case 'PhasePlanned': {
      const before = phaseNamed(phases, event.data.name);
      const phase = {
        name: event.data.name,
        entry: gateWith(event.data.entryCriteria, before?.entry),
        exit: gateWith(event.data.exitCriteria, before?.exit),
      };
      return before ? phases.map(each => (each === before ? phase : each)) : [...phases, phase];
    }
    case 'PhaseDropped':
      return phases.filter(({ name }) => name !== event.data.name);
    case 'PhaseCriterionMet':
      return withGate(phases, event.data, gate => withCriterion(gate, event.data.criterion, true));
    case 'PhaseCriterionReopened':
      return withGate(phases, event.data, gate => withCriterion(gate, event.data.criterion, false));
    case 'PhaseGatePassed':
      return withGate(phases, event.data, gate => ({ ...gate, passed: true }));
    default:
      return phases;
  }
};

const gateWith = (criteria: readonly string[], before: Gate | undefined): Gate => ({
  criteria: new Map(criteria.map(name => [name, before?.criteria.get(name) ?? false])),
  passed: before?.passed ?? false,
});

const withGate = (
  phases: Phases,
  at: Readonly<{ phase: string; gate: GateName }>,
  change: (gate: Gate) => Gate,
): Phases => phases.map(phase => (phase.name === at.phase ? { ...phase, [at.gate]: change(phase[at.gate]) } : phase));

const withCriterion = (gate: Gate, criterion: string, isMet: boolean): Gate => ({
  ...gate,
  criteria: new Map(gate.criteria).set(criterion, isMet),
});
