import type { DeploymentKind } from '@slipway/contracts';
import { type Asked, notFound, Refused } from '@slipway/edge';
import type { Order, Orders, Service } from '@slipway/service';
import { idOf, reject } from '@slipway/event-sourcing';
import type { DeploymentRequest } from '../domain/deployment-commands.ts';
import type { Cause } from '../domain/deployment-state.ts';
import { targetStream } from '../domain/target.ts';
import type { Live } from '../domain/target-state.ts';
import { type DeploymentView, deploymentView } from '../read/deployment.view.ts';
import { liveBefore, noTarget, targetView } from '../read/target.view.ts';
import { folded } from './folded.ts';

/** A deployment as it stood when the command was put together. */
export type Seen = Readonly<{ id: string; stream: string; version: number; view: DeploymentView }>;

export const seen = async (service: Service, idOrNumber: string): Promise<Seen> => {
  const stream = await service.streamOf('deployment', idOrNumber);
  const { view, version } = await folded(service.store, stream, deploymentView);
  if (!view) throw notFound(`There is no deployment ${idOrNumber}.`);
  return { id: idOf(stream), stream, version, view };
};

/** Starts, and takes the lock of its target in the same append. */
export const starting = ({ id, stream, view }: Seen): Orders => {
  const { kind, undoes, baseDigests } = view;
  const data = {
    ...placeOf(view),
    deploymentId: id,
    ...(baseDigests && { baseDigests }),
    ...(kind === 'rollback' && undoes !== undefined && { preempts: undoes }),
  };
  return {
    stream,
    command: { type: 'StartDeployment', data: {} },
    others: [{ stream: targetOf(view), command: { type: 'OccupyTarget', data }, creates: true }],
  };
};

/** Settles, and lets go of the lock in the same append, saying what is live. Checked to be as it was seen. */
export const settling = (deployment: Seen, command: Orders['command'], isLive: boolean): Orders => {
  const { stream, version } = deployment;
  return { stream, command, others: [releasing(deployment, isLive)], checks: [{ stream, expect: version }] };
};

/** A rollback that never started leaves its target to nobody: the one it was to undo has failed, and may still hold it. */
export const canceling = async (service: Service, deployment: Seen, command: Orders['command']): Promise<Orders> => {
  const { kind, undoes } = deployment.view;
  const { stream } = deployment;
  if (kind !== 'rollback' || undoes === undefined) return { stream, command };
  const undone = await seen(service, undoes);
  return { stream, command, others: [releasing(undone, undone.view.tookTraffic !== undefined)] };
};

const releasing = ({ id, view }: Seen, isLive: boolean): Order => ({
  stream: targetOf(view),
  command: {
    type: 'ReleaseTarget',
    data: { ...placeOf(view), deploymentId: id, ...(isLive && { live: contentOf(id, view) }) },
  },
  creates: true,
});

export type Correction = Readonly<{ kind: DeploymentKind; undoes?: string; cause?: Cause; reason: string }>;

/**
 * Corrects the kind. One that was a rollback in truth marks the deployment that it undoes in the same append, which lets
 * go of the lock when it still holds it.
 */
export const correcting = async (
  service: Service,
  { id, stream, view }: Seen,
  { kind, undoes, cause = 'fault', reason }: Correction,
): Promise<Orders> => {
  const undone = undoes === undefined ? undefined : await seen(service, undoes);
  if (undone && (undone.id === id || targetOf(undone.view) !== targetOf(view))) throw new Refused(ELSEWHERE);
  const sealed = await service.seal(stream, reason);
  const command = { type: 'CorrectKind', data: { kind, ...(undone && { undoes: undone.id }), reason: sealed } };
  const isNews = kind === 'rollback' && view.undoes !== undone?.id;
  if (!undone || !isNews) return { stream, command };
  const started = { rollbackDeploymentId: id, cause, reason: await service.seal(undone.stream, reason) };
  return {
    stream,
    command,
    others: [{ stream: undone.stream, command: { type: 'StartRollback', data: started } }, releasing(undone, false)],
  };
};

const ELSEWHERE = reject('undoes-another-target', 'It undoes, or mends, another deployment on its own target only.');

export type RollBack = Readonly<{ cause: Cause; reason: string; deployer: string; digests?: readonly string[] }>;

/**
 * Requests the rollback and marks the one that it undoes, in one append. It returns to the content live just before, unless
 * the caller names the digests: the decision says whether they may run.
 */
export const rollingBack = async (service: Service, asked: Asked, undone: Seen, wanted: RollBack): Promise<Orders> => {
  const { view } = undone;
  const stream = asked.newStream('deployment');
  const target = await service.store.read<never>(targetOf(view));
  const before = liveBefore(target.events.reduce(targetView, noTarget), undone.id);
  // Asked again under the same key, it is there, and the answer is the first one.
  const isThere = (await service.store.read(stream)).version > 0;
  if ('none' in before && !wanted.digests && !isThere) throw new Refused(NOTHING[before.none]);
  const live = 'live' in before && !wanted.digests ? before.live : undefined;
  const data: DeploymentRequest = {
    kind: 'rollback',
    target: { ...placeOf(view), wave: view.wave },
    production: view.production,
    digests: wanted.digests ?? live?.digests ?? [],
    ...(live?.version !== undefined && { version: live.version }),
    deployer: wanted.deployer,
    ...(view.changeId !== undefined && { changeId: view.changeId }),
    ...(view.releaseId !== undefined && { releaseId: view.releaseId }),
    undoes: undone.id,
  };
  const rollback = { rollbackDeploymentId: idOf(stream), cause: wanted.cause };
  const reason = await service.seal(undone.stream, wanted.reason);
  return {
    stream,
    command: { type: 'RequestDeployment', data },
    others: [{ stream: undone.stream, command: { type: 'StartRollback', data: { ...rollback, reason } } }],
    checks: target.version > 0 ? [{ stream: targetOf(view), expect: target.version }] : [],
  };
};

const NOTHING = {
  superseded: reject(
    'not-live',
    'Something else runs on its target by now: going back past that is a change of its own.',
  ),
  nothing: reject('nothing-to-return-to', 'Nothing was live on its target before it.'),
};

const placeOf = ({ serviceId, environmentId }: DeploymentView) => ({ serviceId, environmentId });
const targetOf = ({ serviceId, environmentId }: DeploymentView): string => targetStream(serviceId, environmentId);
const contentOf = (deploymentId: string, { digests, artifactVersion }: DeploymentView): Live => ({
  deploymentId,
  digests,
  ...(artifactVersion !== undefined && { version: artifactVersion }),
});
