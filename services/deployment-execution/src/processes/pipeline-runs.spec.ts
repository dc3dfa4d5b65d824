import type { PipelineRunEvent } from '@slipway/contracts';
import { processSpecification } from '@slipway/event-sourcing';
import { at, DEPLOYER, DIGEST } from '../domain/examples.ts';
import { matchPipelineRunWhenReported } from './match-pipeline-run-when-reported.ts';
import { observeDeploymentWhenPipelineRunMatched } from './observe-deployment-when-pipeline-run-matched.ts';

const stream = 'pipelineRun-run-1';
type Reported = Extract<PipelineRunEvent, { type: 'PipelineRunReported' }>['data'];

const reported = (time: string, status: Reported['status'], other: Partial<Reported> = {}) =>
  ({
    stream,
    type: 'PipelineRunReported',
    data: {
      tool: 'github',
      deliveryId: time,
      externalId: '1',
      repository: 'acme/shop',
      environmentAlias: 'production',
      commit: 'c'.repeat(40),
      status,
      startedBy: DEPLOYER,
      payload: 'sealed:v1:x',
      ...at(time),
      ...other,
    },
  }) as const;
const target = { serviceId: 'checkout', environmentId: 'eu', wave: 1 };
const MATCHED = {
  stream,
  type: 'PipelineRunMatched',
  data: {
    deploymentId: 'd-1',
    target,
    production: true,
    digests: [DIGEST],
    version: '2.4.0',
    releaseId: 'release-1',
    ...at('09:30'),
  },
} as const;

describe('match-pipeline-run-when-reported', () => {
  const given = processSpecification(matchPipelineRunWhenReported);

  it('tries with every message until it is matched', () => {
    const match = {
      send: { type: 'MatchPipelineRun', data: { runId: 'run-1', known: expect.anything() as unknown } },
      to: stream,
    };
    expect(given().when(reported('09:00', 'queued'))).toEqual([match]);
    expect(given(reported('09:00', 'queued')).when(reported('09:01', 'running'))).toEqual([match]);
    expect(given(reported('09:00', 'queued'), MATCHED).when(reported('09:01', 'running'))).toEqual([]);
    expect(given(reported('09:00', 'queued')).when(MATCHED)).toEqual([]);
  });
});

describe('observe-deployment-when-pipeline-run-matched', () => {
  const given = processSpecification(observeDeploymentWhenPipelineRunMatched);
  const observing = (...statuses: readonly [string, Reported['status']][]) => [
    {
      to: 'deployment-d-1',
      send: {
        type: 'ObserveDeployment',
        data: {
          request: {
            kind: 'planned',
            target,
            production: true,
            digests: [DIGEST],
            version: '2.4.0',
            deployer: DEPLOYER,
            releaseId: 'release-1',
            pipelineRunId: 'run-1',
          },
          occurredAt: at('09:00').occurredAt,
          observations: statuses.map(([time, status]) => ({ status, occurredAt: at(time).occurredAt })),
          reason: expect.any(String) as string,
        },
      },
    },
  ];

  it('tells the deployment all that the tool has told', () => {
    expect(given().when(reported('09:00', 'queued'))).toEqual([]);
    expect(given(reported('09:00', 'queued')).when(MATCHED)).toEqual(observing(['09:00', 'queued']));
    expect(given(reported('09:00', 'queued'), MATCHED).when(reported('09:40', 'succeeded'))).toEqual(
      observing(['09:00', 'queued'], ['09:40', 'succeeded']),
    );
  });

  it('leaves out what contradicts the first message', () => {
    const elsewhere = reported('09:40', 'failed', { environmentAlias: 'github-pages' });
    const other = reported('09:41', 'failed', { commit: 'd'.repeat(40) });
    expect(given(reported('09:00', 'running'), MATCHED, elsewhere).when(other)).toEqual(
      observing(['09:00', 'running']),
    );
  });
});
