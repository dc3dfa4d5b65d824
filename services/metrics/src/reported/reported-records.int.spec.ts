import fc from 'fast-check';
import { history } from '../measures/history.example.ts';
import { changesOf } from '../rows/changes.ts';
import { causesOf, incidentsOf, isReleaseRelated } from '../rows/incidents.ts';
import { resolvedAt, restoredAt } from '../rows/intervals.ts';
import { runsOf } from '../rows/runs.ts';
import { CATALOG, date, type Reported, requested, startReported, told } from './reported.example.ts';

let reported: Reported;

beforeAll(async () => {
  reported = await startReported();
});
afterAll(() => reported.stop());

test('deployments, incidents and changes are those that measures are made of, whatever happened and however it came', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.integer({ min: 1, max: 40 }), async (facts, size) => {
      await reported.kept(facts, size);
      expect(await reported.rowsOf('deployments', 'deployment_id')).toMatchObject(
        runsOf(facts).map(run => ({
          deployment_id: run.id,
          service_id: run.serviceId,
          environment_id: run.environmentId,
          kind: run.kind,
          started_at: date(run.startedAt),
          took_traffic_at: date(run.trafficAt),
          finished_at: date(run.endedAt),
          traffic_is: run.trafficIs,
          rolled_back_for: run.rolledBack ?? null,
          change_id: run.changeId ?? null,
          release_id: run.releaseId ?? null,
          undoes: run.undoes ?? null,
          content: run.content,
          imported: run.imported,
        })),
      );
      expect(await reported.rowsOf('incidents', 'incident_id')).toMatchObject(
        incidentsOf(facts).map(incident => ({
          incident_id: incident.id,
          service_ids: incident.serviceIds,
          environment_id: incident.environmentId ?? null,
          impact_started_at: date(incident.impactStartedAt),
          detected_at: date(incident.detectedAt),
          restored_at: date(restoredAt(incident)),
          resolved_at: date(resolvedAt(incident)),
          reopened: incident.intervals.length - 1,
          release_related: isReleaseRelated(incident),
          caused_by_deployments: causesOf(incident).flatMap(({ deploymentId }) => deploymentId ?? []),
          caused_by_changes: causesOf(incident).flatMap(({ changeId }) => changeId ?? []),
          cause_judged: incident.isJudged,
          imported: incident.imported,
        })),
      );
      expect(await reported.rowsOf('changes', 'change_id')).toMatchObject(
        changesOf(facts).map(change => ({
          change_id: change.id,
          service_ids: change.serviceIds,
          environment_ids: change.environmentIds,
          release_ids: change.releaseIds,
          model: change.model,
          break_glass: change.breakGlass,
          close_code: change.closeCode ?? null,
          unauthorized: change.isUnauthorized,
          approval_requested_at: date(change.requestedAt),
          approved_at: date(change.approvedAt),
          approvals: change.approvals,
          implementation_started_at: date(change.implementedAt),
          closed_at: date(change.closedAt),
          canceled_at: date(change.canceledAt),
          imported: change.imported,
        })),
      );
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('names are those of the catalog, and a state says how far it is', async () => {
  const ended = (id: string, ...types: readonly string[]) =>
    told(
      `deployment-${id}`,
      ['DeploymentRequested', requested],
      ...types.map(type => [type, type === 'DeploymentRolledBack' ? { cause: 'fault' } : {}] as const),
    );
  await reported.kept(
    [
      ...CATALOG,
      ...ended('d1'),
      ...ended('d2', 'DeploymentStarted'),
      ...ended('d3', 'DeploymentStarted', 'DeploymentSucceeded'),
      ...ended('d4', 'DeploymentStarted', 'DeploymentFailed'),
      ...ended('d5', 'DeploymentStarted', 'VerificationFailed', 'DeploymentRolledBack'),
      ...ended('d6', 'DeploymentCanceled'),
    ],
    100,
  );
  expect(await reported.rowsOf('deployments', 'deployment_id')).toMatchObject(
    ['requested', 'running', 'succeeded', 'failed', 'rolled-back', 'canceled'].map(state => ({
      state,
      service: 'checkout',
      team: 'shop',
      environment: 'production',
      region: 'eu',
    })),
  );
  expect(await reported.rowsOf('services', 'service_id')).toMatchObject([{ service: 'checkout', team: 'shop' }]);
  expect(await reported.rowsOf('environments', 'environment_id')).toMatchObject([{ tier: 'production', region: 'eu' }]);
});

test('a deployment of history that was corrected to be elsewhere is none of production any more', async () => {
  const imported = (production: boolean) => ({
    kind: 'planned',
    serviceId: 's1',
    environmentId: 'e1',
    production,
    digests: [],
    commits: [],
    startedAt: '2026-03-02T10:00:00.000Z',
    outcome: 'succeeded',
  });
  const once = told('deployment-d1', ['DeploymentImported', imported(true)]);
  await reported.kept(once, 1);
  expect(await reported.rowsOf('deployments', 'deployment_id')).toHaveLength(1);
  const twice = told('deployment-d1', ['DeploymentImported', imported(true)], ['DeploymentImported', imported(false)]);
  await reported.kept(twice, 1);
  expect(await reported.rowsOf('deployments', 'deployment_id')).toEqual([]);
});
