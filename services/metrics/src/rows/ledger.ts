import { canonical } from '@slipway/canonical';
import type { Fact } from '../facts/facts.ts';
import { type Catalog, catalogOf } from './catalog.ts';
import { type Change, changesOf } from './changes.ts';
import type { Code } from './code.ts';
import { causesOf, incidentsOf } from './incidents.ts';
import type { Incident } from './incident.ts';
import { mendedBy } from './mended.ts';
import { overlapping } from './overlaps.ts';
import { artifactKey, type Release, releasesOf } from './releases.ts';
import type { Failure } from './rollout.ts';
import { runsOf } from './runs.ts';
import type { Run } from './run.ts';

/** Every record that facts tell of, by itself: each a fold of its own facts. */
export type Records = Readonly<{
  runs: readonly Run[];
  incidents: readonly Incident[];
  changes: readonly Change[];
  releases: readonly Release[];
  catalog: Catalog;
}>;

/** The records, and what one says about another. */
export type Ledger = Records &
  Readonly<{
    failuresOf: (run: Run) => readonly Failure[];
    /** What runs of one rollout brought, each commit and pull request once. */
    codeOf: (runs: readonly Run[]) => Code;
    /** Class of the release, model of the change; `none` without one. */
    underOf: (runs: readonly Run[]) => Readonly<{ releaseKind: string; changeModel: string }>;
    isOverlapping: (run: Run) => boolean;
  }>;

export const recordsOf = (facts: readonly Fact[]): Records => ({
  runs: runsOf(facts),
  incidents: incidentsOf(facts),
  changes: changesOf(facts),
  releases: releasesOf(facts),
  catalog: catalogOf(facts),
});

export const ledgerOf = (records: Records): Ledger => {
  const overlaps = overlapping(records.runs);
  return {
    ...records,
    failuresOf: failuresIn(records),
    codeOf: codeIn(records),
    underOf: underIn(records),
    isOverlapping: ({ id }) => overlaps.has(id),
  };
};

const failuresIn = ({ runs, incidents }: Records): Ledger['failuresOf'] => {
  const hotfixes = Map.groupBy(
    runs
      .filter(({ trafficAt }) => trafficAt !== undefined)
      .flatMap(run => mendedBy(run).map(mended => ({ ...mended, by: run.id })))
      .filter(({ record }) => record === 'deployment'),
    ({ recordId }) => recordId,
  );
  const caused = Map.groupBy(
    incidents
      .filter(({ canceled }) => !canceled)
      .flatMap(incident => causesOf(incident).map(({ deploymentId }) => ({ deploymentId, by: incident.id }))),
    ({ deploymentId }) => deploymentId,
  );
  return run => [
    ...(run.failed && run.trafficAt !== undefined ? [{ reason: 'run-failed', by: run.id } as const] : []),
    ...(run.rolledBack === 'fault' && run.trafficAt !== undefined
      ? [{ reason: 'rolled-back-for-a-fault', by: run.id } as const]
      : []),
    ...(hotfixes.get(run.id) ?? []).map(({ by }) => ({ reason: 'remediated-by-hotfix', by }) as const),
    ...(caused.get(run.id) ?? []).map(({ by }) => ({ reason: 'confirmed-cause', by }) as const),
  ];
};

/** Of the run's own release; when that says nothing of the bits, of any release that attached the same ones. */
const codeIn = ({ releases }: Records): Ledger['codeOf'] => {
  const attached = Map.groupBy(
    releases.flatMap(({ id, artifacts }) => Object.entries(artifacts).map(([key, code]) => ({ key, id, code }))),
    ({ key }) => key,
  );
  const ofRun = ({ serviceId, digests, releaseId, code }: Run): readonly Code[] => {
    const same = digests.flatMap(digest => attached.get(artifactKey(serviceId, digest)) ?? []);
    const own = same.filter(({ id }) => id === releaseId);
    return [code, ...(own.length > 0 ? own : same).map(each => each.code)];
  };
  return runs => {
    const codes = runs.flatMap(ofRun);
    return {
      commits: byKey(
        codes.flatMap(code => code.commits),
        ({ sha }) => sha,
      ),
      pullRequests: byKey(
        codes.flatMap(code => code.pullRequests),
        ({ key }) => key,
      ),
    };
  };
};

/** Each once; of two that differ the one whose text sorts first, whichever came first. */
const byKey = <Value>(values: readonly Value[], keyOf: (value: Value) => string): readonly Value[] => {
  if (values.length < 2) return values;
  const first = new Map<string, Value>();
  for (const value of values) {
    const before = first.get(keyOf(value));
    if (before === undefined || canonical(value) < canonical(before)) first.set(keyOf(value), value);
  }
  return [...first.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
};

const underIn = ({ releases, changes }: Records): Ledger['underOf'] => {
  const classes = new Map(releases.map(release => [release.id, release.class]));
  const models = new Map(changes.map(change => [change.id, change]));
  return runs => {
    const change = models.get(runs.find(run => run.changeId !== undefined)?.changeId ?? '');
    const releaseId = runs.find(run => run.releaseId !== undefined)?.releaseId ?? change?.releaseIds[0] ?? '';
    return { releaseKind: classes.get(releaseId) ?? 'none', changeModel: change?.model ?? 'none' };
  };
};
