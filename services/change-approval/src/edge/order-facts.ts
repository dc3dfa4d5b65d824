import type { DeploymentOutcome } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import type { Need, Progress } from '../domain/facts.ts';
import type { ChangeView } from '../read/change.view.ts';
import type { Copies, Copy } from '../read/copies.query.ts';
import type { DeploymentCopy } from '../read/deployment.copy.ts';
import type { ReleaseCopy } from '../read/release.copy.ts';

/** Numbers of records, by stream. */
export type NumbersOf = (streams: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** The releases that one needs, as they are. */
export const needsOf = async (
  copies: Copies,
  numbersOf: NumbersOf,
  { needs }: ReleaseCopy,
): Promise<readonly Need[]> => {
  const ids = needs.map(({ releaseId }) => releaseId);
  const found = new Map((await copies.many('release', ids)).map(({ stream, state }) => [stream, state]));
  const numbers = await numbersOf(ids.map(id => `release-${id}`));
  return needs.map(({ releaseId, state }) => {
    const stream = `release-${releaseId}`;
    const release = found.get(stream);
    return {
      name: numbers.get(stream) ?? releaseId,
      state,
      release: release ? { state: release.state, deployments: release.deployments } : null,
    };
  });
};

/** What became of the content of a change at each of its targets. */
export const progressOf = async (copies: Copies, { stream, state }: Copy<ChangeView>): Promise<readonly Progress[]> => {
  const { content, releaseIds, attempts } = state;
  const asked = await copies.deploymentsUnder(idOf(stream), releaseIds);
  const tried = await copies.many(
    'deployment',
    attempts.map(({ deploymentId }) => deploymentId),
  );
  const runs = [...new Map([...asked, ...tried].map(run => [run.stream, run.state])).values()];
  const named = await namesOf(copies, content.targets);
  return content.targets.map(target => ({ ...target, name: named(target), outcome: outcomeAt(target, state, runs) }));
};

type Place = Readonly<{ serviceId: string; environmentId: string }>;

const isAt =
  (place: Place) =>
  ({ serviceId, environmentId }: Place): boolean =>
    serviceId === place.serviceId && environmentId === place.environmentId;

/** By the run that started last, of the content as it is now; what is done by hand the change itself knows. */
export const outcomeAt = (
  place: Place,
  { content, attempts }: Pick<ChangeView, 'content' | 'attempts'>,
  runs: readonly DeploymentCopy[],
): Progress['outcome'] => {
  const artifacts = content.artifacts.filter(({ serviceId }) => serviceId === place.serviceId);
  const last = lastStarted(runs.filter(isAt(place)).filter(isOf(artifacts.map(({ digest }) => digest))));
  if (last) return last.rollingBack ? 'rolling-back' : (last.outcome ?? 'running');
  const byHand = attempts.findLast(attempt => attempt.byHand && isAt(place)(attempt.target));
  return byHand ? ((byHand.outcome as DeploymentOutcome | undefined) ?? 'running') : 'not-deployed';
};

const isOf =
  (content: readonly string[]) =>
  ({ kind, digests }: DeploymentCopy): boolean =>
    (kind === 'planned' || kind === 'hotfix') && digests.every(digest => content.includes(digest));

const lastStarted = (runs: readonly DeploymentCopy[]): DeploymentCopy | undefined =>
  runs
    .flatMap(run => (run.startedAt === undefined ? [] : [{ run, at: Date.parse(run.startedAt) }]))
    .toSorted((one, other) => one.at - other.at)
    .at(-1)?.run;

const namesOf = async (copies: Copies, places: readonly Place[]): Promise<(place: Place) => string> => {
  const services = await copies.many('service', [...new Set(places.map(({ serviceId }) => serviceId))]);
  const environments = await copies.many('environment', [...new Set(places.map(each => each.environmentId))]);
  const names = new Map([...services, ...environments].map(({ stream, state }) => [stream, state.name]));
  return ({ serviceId, environmentId }) =>
    `${names.get(`service-${serviceId}`) ?? serviceId} in ${names.get(`environment-${environmentId}`) ?? environmentId}`;
};
