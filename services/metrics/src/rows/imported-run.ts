import type { DataOf } from '../facts/facts.ts';
import { ofRepository } from './code.ts';
import { named } from './mended.ts';
import type { Run } from './run.ts';

type Imported = DataOf<'DeploymentImported'>;

/** A run of history, in whole as the source said it last; what people judged here stays. */
export const importedRun = (id: string, before: Run | undefined, data: Imported): Run | undefined => {
  if (!data.production) return undefined;
  const { kind, serviceId, environmentId, region, digests, change, undoes, outcome, rolledBackFor } = data;
  return {
    id,
    kind,
    serviceId,
    environmentId,
    ...(region !== undefined && { region }),
    wave: 1,
    content: contentOf(data),
    digests: [...digests].sort(),
    ...(change !== undefined && { changeId: change.id }),
    ...(undoes !== undefined && { undoes: undoes.id }),
    mends: named(before?.mends ?? [], remediatedBy(data)),
    ...timesOf(data),
    isCanary: false,
    isCutOver: false,
    succeeded: outcome === 'succeeded' || outcome === 'rolled-back',
    failed: outcome === 'failed',
    ...(outcome === 'rolled-back' && { rolledBack: rolledBackFor ?? 'fault' }),
    imported: true,
    code: codeOf(data),
    lateness: before?.lateness ?? 0,
  };
};

const contentOf = ({ digests, version, commit }: Imported): string =>
  digests.length > 0 ? [...digests].sort().join('+') : (version ?? commit ?? 'unknown');

/** Where a source says nothing of traffic, success stands for it, as it does for a run that is only observed. */
const timesOf = ({ startedAt, finishedAt, outcome, tookTraffic }: Imported) => {
  const went = outcome === 'succeeded' || outcome === 'rolled-back';
  const start = Date.parse(startedAt);
  const end = finishedAt === undefined ? undefined : Date.parse(finishedAt);
  const hasTraffic = tookTraffic ?? went;
  const isOver = outcome !== 'unfinished';
  return {
    startedAt: start,
    ...(hasTraffic && { trafficAt: end ?? start }),
    trafficIs: trafficIs(outcome, tookTraffic),
    ...((end !== undefined || isOver) && { endedAt: end ?? start }),
  };
};

const trafficIs = (outcome: Imported['outcome'], tookTraffic: boolean | undefined): Run['trafficIs'] => {
  if (tookTraffic !== undefined || outcome === 'unfinished' || outcome === 'canceled') return 'told';
  return outcome === 'failed' ? 'unknown' : 'assumed';
};

const remediatedBy = ({ remediates, undoes, kind }: Imported) =>
  remediates
    ? { record: remediates.record, recordId: remediates.id }
    : kind === 'hotfix' && undoes
      ? ({ record: 'deployment', recordId: undoes.id } as const)
      : undefined;

// The source names no repository: the service stands for it.
const codeOf = ({ serviceId, commits, pullRequests = [] }: Imported) => ({
  commits,
  pullRequests: ofRepository(serviceId, pullRequests),
});
