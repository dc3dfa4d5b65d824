import { canonical } from '@slipway/canonical';
import type { ReleaseEvent } from '@slipway/contracts';
import { type Decision, isRejection, reject, type Rejection, type Stamped } from '@slipway/event-sourcing';
import type { DropPhase, MeetCriterion, PassGate, PlanPhase, ReopenCriterion } from './release-commands.ts';
import { type Gate, type GateName, type Phase, phaseNamed, type Phases } from './release-phases-state.ts';

export type PhaseRefusal =
  | 'phase-not-found'
  | 'too-many-phases'
  | 'duplicate-criterion'
  | 'criterion-not-found'
  | 'gate-passed'
  | 'criteria-open'
  | 'phase-not-entered'
  | 'earlier-phase-open'
  | 'gate-needs-a-person';

type PhaseDecision = Decision<ReleaseEvent, PhaseRefusal>;

const MOST_PHASES = 20;

export const planPhase = ({ data, stamp }: Stamped<PlanPhase>, phases: Phases): PhaseDecision => {
  const { name, entryCriteria, exitCriteria } = data;
  if (hasDuplicate(entryCriteria) || hasDuplicate(exitCriteria))
    return reject('duplicate-criterion', 'Name each criterion of a gate once.');
  const before = phaseNamed(phases, name);
  if (!before && phases.length >= MOST_PHASES)
    return reject('too-many-phases', `A release has at most ${MOST_PHASES} phases.`);
  const sameEntry = before !== undefined && hasCriteria(before.entry, entryCriteria);
  const sameExit = before !== undefined && hasCriteria(before.exit, exitCriteria);
  if (sameEntry && sameExit) return [];
  if ((before?.entry.passed && !sameEntry) || (before?.exit.passed && !sameExit)) return gatePassed(name);
  return [{ type: 'PhasePlanned', data: { ...stamp, ...data } }];
};

const hasDuplicate = (names: readonly string[]): boolean => new Set(names).size < names.length;

const hasCriteria = ({ criteria }: Gate, names: readonly string[]): boolean =>
  canonical([...criteria.keys()]) === canonical(names);

const gatePassed = (phase: string): Rejection<PhaseRefusal> =>
  reject('gate-passed', `A gate of ${phase} was passed: what it was passed on stays as it was.`);

export const dropPhase = ({ data, stamp }: Stamped<DropPhase>, phases: Phases): PhaseDecision => {
  const phase = found(phases, data.name);
  if (isRejection(phase)) return phase;
  if (phase.entry.passed || phase.exit.passed) return gatePassed(phase.name);
  return [{ type: 'PhaseDropped', data: { ...stamp, ...data } }];
};

const found = (phases: Phases, name: string): Phase | Rejection<PhaseRefusal> =>
  phaseNamed(phases, name) ?? reject('phase-not-found', `There is no phase ${name}.`);

export const meetCriterion = ({ data, stamp }: Stamped<MeetCriterion>, phases: Phases): PhaseDecision => {
  const met = criterionAt(data, phases);
  if (typeof met === 'object') return met;
  return met ? [] : [{ type: 'PhaseCriterionMet', data: { ...stamp, ...data } }];
};

export const reopenCriterion = ({ data, stamp }: Stamped<ReopenCriterion>, phases: Phases): PhaseDecision => {
  const met = criterionAt(data, phases);
  if (typeof met === 'object') return met;
  if (phaseNamed(phases, data.phase)?.[data.gate].passed) return gatePassed(data.phase);
  return met ? [{ type: 'PhaseCriterionReopened', data: { ...stamp, ...data } }] : [];
};

const criterionAt = (
  { phase: name, gate, criterion }: Readonly<{ phase: string; gate: GateName; criterion: string }>,
  phases: Phases,
): boolean | Rejection<PhaseRefusal> => {
  const phase = found(phases, name);
  if (isRejection(phase)) return phase;
  const met = phase[gate].criteria.get(criterion);
  return met ?? reject('criterion-not-found', `The ${gate} gate of ${name} has no criterion ${criterion}.`);
};

export const passGate = (
  { data: { phase: name, gate, byServiceAccount }, stamp }: Stamped<PassGate>,
  phases: Phases,
): PhaseDecision => {
  const phase = found(phases, name);
  if (isRejection(phase)) return phase;
  if (byServiceAccount) return reject('gate-needs-a-person', 'A service account cannot pass a gate.');
  if (phase[gate].passed) return [];
  const refusal = gate === 'entry' ? earlierOpen(phases, phase) : notEntered(phase);
  if (refusal) return refusal;
  const open = [...phase[gate].criteria].filter(([, isMet]) => !isMet).map(([criterion]) => criterion);
  if (open.length > 0) return reject('criteria-open', `Open: ${open.join('; ')}.`);
  return [{ type: 'PhaseGatePassed', data: { ...stamp, phase: name, gate } }];
};

const earlierOpen = (phases: Phases, phase: Phase): Rejection<PhaseRefusal> | undefined => {
  const earlier = phases.slice(0, phases.indexOf(phase)).find(({ exit }) => !exit.passed);
  return earlier && reject('earlier-phase-open', `${earlier.name} comes before it, and its exit gate was not passed.`);
};

const notEntered = ({ name, entry }: Phase): Rejection<PhaseRefusal> | undefined =>
  entry.passed ? undefined : reject('phase-not-entered', `The entry gate of ${name} was not passed.`);
