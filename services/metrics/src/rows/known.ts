import type { Fact } from '../facts/facts.ts';
import type { Period } from '../periods/period.ts';
import { elsewhere } from './catalog.ts';
import type { Change } from './changes.ts';
import { causesOf } from './incidents.ts';
import type { Incident } from './incident.ts';
import { type Ledger, ledgerOf, recordsOf } from './ledger.ts';
import { rolloutsOf, type Unit } from './rollouts.ts';
import type { Rollout } from './rollout.ts';
import type { Run } from './run.ts';

/** What is asked about; what is absent does not matter. Ids, but of regions and of what a rollout is. */
export type Scope = Readonly<{
  serviceIds?: readonly string[];
  environmentId?: string;
  region?: string;
  releaseKind?: string;
  changeModel?: string;
  size?: string;
  pattern?: string;
}>;

/** The rows that a scope's figures follow from. */
export type Known = Readonly<{
  unit: Unit;
  scope: Scope;
  ledger: Ledger;
  rollouts: readonly Rollout[];
  /** All of them: which service an incident is about does not say which one caused it. */
  incidents: readonly Incident[];
  /** Those of the services, and of production or of the environment or region that was asked for. */
  incidentsInScope: readonly Incident[];
  /** Of the services, when an environment or region was asked for: nobody said where they were. */
  incidentsSomewhere: readonly Incident[];
  changes: readonly Change[];
}>;

/** Worked out once for what is known, however many periods ask for it. */
export const oncePer = <Found>(work: (known: Known) => Found): ((known: Known) => Found) => {
  const found = new WeakMap<Known, Readonly<{ is: Found }>>();
  return known => {
    const before = found.get(known);
    if (before) return before.is;
    const is = work(known);
    found.set(known, { is });
    return is;
  };
};

/** The same for each period. */
export const oncePerPeriod = <Found>(
  work: (known: Known, period: Period) => Found,
): ((known: Known, period: Period) => Found) => {
  const periods = oncePer(() => new WeakMap<Period, Readonly<{ is: Found }>>());
  return (known, period) => {
    const found = periods(known);
    const before = found.get(period);
    if (before) return before.is;
    const is = work(known, period);
    found.set(period, { is });
    return is;
  };
};

export const knownOf = (facts: readonly Fact[], scope: Scope = {}): Known => scoped(ledgerOf(recordsOf(facts)), scope);

export const scoped = (ledger: Ledger, scope: Scope): Known => {
  const unit = scope.serviceIds?.length === 1 ? 'service' : 'blend';
  const runs = ledger.runs.filter(run => includes(scope.serviceIds, run.serviceId) && isPlaced(ledger, scope, run));
  const rollouts = rolloutsOf(runs, ledger, unit).filter(rollout => hasTraits(scope, rollout));
  const isCaused = asksTraits(scope) ? causedBy(rollouts) : () => true;
  const incidents = ledger.incidents.filter(
    incident =>
      (scope.serviceIds === undefined || incident.serviceIds.some(id => includes(scope.serviceIds, id))) &&
      isCaused(incident),
  );
  return {
    unit,
    scope,
    ledger,
    rollouts,
    incidents: ledger.incidents,
    ...placedIncidents(ledger, scope, incidents),
    changes: ledger.changes.filter(aboutIn(scope, ledger, rollouts)),
  };
};

/** Whether a cause of an incident is one of these rollouts, or the change that one is made under. */
const causedBy = (rollouts: readonly Rollout[]): ((incident: Incident) => boolean) => {
  const deployments = new Set(rollouts.flatMap(({ runs }) => runs.map(({ id }) => id)));
  const changes = new Set(rollouts.flatMap(({ changeId }) => changeId ?? []));
  return incident =>
    causesOf(incident).some(
      ({ deploymentId, changeId }) => deployments.has(deploymentId ?? '') || changes.has(changeId ?? ''),
    );
};

const TRAITS = ['releaseKind', 'changeModel', 'size', 'pattern'] as const;

const asksTraits = (scope: Scope): boolean => TRAITS.some(trait => scope[trait] !== undefined);

const hasTraits = (scope: Scope, rollout: Rollout): boolean =>
  TRAITS.every(trait => scope[trait] === undefined || scope[trait] === rollout[trait]);

const includes = (wanted: readonly string[] | undefined, is: string): boolean => wanted?.includes(is) ?? true;

const isPlaced = (ledger: Ledger, { environmentId, region }: Scope, run: Run): boolean =>
  (environmentId === undefined || run.environmentId === environmentId) &&
  (region === undefined || (run.region ?? regionOf(ledger, run.environmentId)) === region);

const regionOf = ({ catalog }: Ledger, environmentId: string): string | undefined =>
  catalog.environments.find(({ id }) => id === environmentId)?.region;

const placedIncidents = (ledger: Ledger, scope: Scope, incidents: readonly Incident[]) => {
  const tried = elsewhere(ledger.catalog);
  const { environmentId, region } = scope;
  if (environmentId === undefined && region === undefined)
    return {
      incidentsInScope: incidents.filter(incident => !tried.has(incident.environmentId ?? '')),
      incidentsSomewhere: [],
    };
  const isHere = (id: string): boolean =>
    environmentId === undefined ? regionOf(ledger, id) === region && !tried.has(id) : id === environmentId;
  return {
    incidentsInScope: incidents.filter(incident => isHere(incident.environmentId ?? '')),
    incidentsSomewhere: incidents.filter(incident => incident.environmentId === undefined),
  };
};

const aboutIn = (scope: Scope, ledger: Ledger, rollouts: readonly Rollout[]): ((change: Change) => boolean) => {
  const { serviceIds, environmentId, region, releaseKind, changeModel, size, pattern } = scope;
  const deployed = new Set(rollouts.map(({ changeId }) => changeId));
  const classes = new Map(ledger.releases.map(release => [release.id, release.class]));
  return change =>
    (serviceIds === undefined || change.serviceIds.some(id => serviceIds.includes(id))) &&
    (environmentId === undefined || change.environmentIds.includes(environmentId)) &&
    (region === undefined || change.environmentIds.some(id => regionOf(ledger, id) === region)) &&
    (changeModel === undefined || change.model === changeModel) &&
    (releaseKind === undefined || (classes.get(change.releaseIds[0] ?? '') ?? 'none') === releaseKind) &&
    ((size === undefined && pattern === undefined) || deployed.has(change.id));
};
