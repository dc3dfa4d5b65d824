import type { Cast } from './cast.ts';
import type { Walk } from './walker.ts';

/** A deployment that a pipeline asks for and may start: the answer was yes. */
export type Run = Readonly<{ number: string; service: string; environment: string; minute: number }>;

export const run = (number: string, service: string, environment: string, minute: number): Run => ({
  number,
  service,
  environment,
  minute,
});

const pathOf = ({ number }: Run): string => `/v1/deployments/${number}`;
const nameOf = ({ number, service, environment }: Run): string => `${number} of ${service} to ${environment}`;

/** Asks and starts. */
export const start = async (walk: Walk, { pipeline }: Cast, run: Run, request: object): Promise<void> => {
  const { number, service, environment, minute } = run;
  const body = { service, environment, ...request };
  await pipeline.posts(`The pipeline asks for ${nameOf(run)}`, '/v1/deployments', body, { number, state: 'Queued' });
  await pipeline.sees('and may', pathOf(run), { decision: { verdict: 'allow' } });
  await pipeline.posts(
    `${number} starts`,
    `${pathOf(run)}/start`,
    { occurredAt: walk.at(minute) },
    { state: 'Running' },
  );
};

/** Takes traffic and is verified. */
export const finish = async (walk: Walk, { pipeline }: Cast, run: Run): Promise<void> => {
  const { number, minute } = run;
  const path = pathOf(run);
  await pipeline.posts(
    `${number} takes traffic`,
    `${path}/took-traffic`,
    { percent: 100, occurredAt: walk.at(minute + 2) },
    { tookTraffic: { percent: 100 } },
  );
  await pipeline.posts(
    `${number} is rolled out`,
    `${path}/finish`,
    { occurredAt: walk.at(minute + 3) },
    {
      state: 'Verifying',
    },
  );
  await pipeline.posts(
    `${number} is verified`,
    `${path}/verify`,
    { outcome: 'passed', checks: ['smoke'], occurredAt: walk.at(minute + 4) },
    { state: 'Succeeded' },
  );
};

export const rollOut = async (walk: Walk, cast: Cast, run: Run, request: object): Promise<void> => {
  await start(walk, cast, run, request);
  await finish(walk, cast, run);
};
