import { type Asked, invalidFields, type Listing, type Report, type Row } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import type { Orders, Service } from '@slipway/service';
import type { DeploymentRequest } from '../domain/deployment-commands.ts';
import { type DeploymentFilter, deployments } from '../read/deployment-list.query.ts';
import { artifactsOf, changeOfRelease } from '../read/known.query.ts';
import { rollingBack, seen } from './deployment-orders.ts';
import type { CountDeploymentsQuery, ListDeploymentsQuery, RequestDeploymentDto } from './deployments.dto.ts';
import { knowingAll } from './freshness.ts';
import { plainly } from './plainly.ts';
import { environmentNamed, idNamed, serviceNamed, streamNamed } from './references.ts';

/** What a request means, with names resolved and what the release says filled in. */
export const requesting = async (service: Service, asked: Asked, dto: RequestDeploymentDto): Promise<Orders> => {
  await knowingAll(service);
  const [deployer = asked.stamp.actor] = await service.pseudonymsOf(dto.deployer ? [dto.deployer] : []);
  if (dto.kind === 'rollback') return rollback(service, asked, dto, deployer);
  const [{ id: serviceId }, environment] = await Promise.all([
    serviceNamed(service, dto.service),
    environmentNamed(service, dto.environment),
  ]);
  const releaseId = await idNamed(service, 'release', dto.release);
  const of = releaseId === undefined ? undefined : await contentOf(service, releaseId, serviceId, environment.id);
  const changeId = (await idNamed(service, 'change', dto.change)) ?? of?.changeId;
  const version = dto.version ?? (dto.digests ? undefined : of?.version);
  const undoes = await idNamed(service, 'deployment', dto.undoes);
  const data: DeploymentRequest = {
    kind: dto.kind ?? 'planned',
    target: { serviceId, environmentId: environment.id, wave: dto.wave ?? of?.wave ?? 1 },
    production: environment.production,
    digests: [...new Set(dto.digests ?? of?.digests ?? [])],
    ...(dto.baseDigests && { baseDigests: [...new Set(dto.baseDigests)] }),
    ...(version !== undefined && { version }),
    deployer,
    ...(changeId !== undefined && { changeId }),
    ...(releaseId !== undefined && { releaseId }),
    ...(undoes !== undefined && { undoes }),
  };
  const steps = dto.steps && { steps: dto.steps.map(plainly) };
  return { stream: asked.newStream('deployment'), command: { type: 'RequestDeployment', data: { ...data, ...steps } } };
};

const rollback = async (
  service: Service,
  asked: Asked,
  { undoes, digests }: RequestDeploymentDto,
  deployer: string,
): Promise<Orders> => {
  if (undoes === undefined)
    throw invalidFields([{ pointer: '/undoes', detail: 'A rollback names the deployment that it undoes.' }]);
  const wanted = { cause: 'fault' as const, reason: 'It is rolled back.', deployer, ...(digests && { digests }) };
  return rollingBack(service, asked, await seen(service, undoes), wanted);
};

const contentOf = async ({ dataSource }: Service, releaseId: string, serviceId: string, environmentId: string) => {
  const artifacts = await artifactsOf(dataSource, releaseId, serviceId);
  const targets = artifacts.flatMap(each => each.targets);
  const changeId = await changeOfRelease(dataSource, releaseId);
  return {
    digests: artifacts.map(({ digest }) => digest),
    version: artifacts.at(-1)?.version,
    wave: targets.find(each => each.serviceId === serviceId && each.environmentId === environmentId)?.wave,
    changeId,
  };
};

const NUMBER = /^[A-Z]{2,8}-[1-9]\d{0,11}$/;

/** `q` finds a number, or part of a version. A release or change that there is not finds nothing. */
export const listing = (service: Service, asked: Asked, query: ListDeploymentsQuery): Promise<Listing> =>
  service.listWithin(asked, VIEW, query, async page => {
    const { pageSize: _, pageToken: __, afterEvent: ___, ...filter } = query;
    return numbered(service, await deployments.page(service.dataSource, await filterOf(service, filter), page));
  });

/** How many, in all, by state and by kind. */
export const counting = (
  service: Service,
  asked: Asked,
  { afterEvent, ...filter }: CountDeploymentsQuery,
): Promise<Report> =>
  service.reportWithin(asked, VIEW, afterEvent, async within =>
    deployments.counts(service.dataSource, await filterOf(service, filter), ['state', 'kind'], within),
  );

const VIEW = 'deployment-execution.deployments';

const filterOf = async (
  service: Service,
  { q, release, change, ...filter }: Omit<ListDeploymentsQuery, 'pageSize' | 'pageToken' | 'afterEvent'>,
): Promise<DeploymentFilter> => ({
  ...filter,
  ...(await byId(service, 'release', release)),
  ...(await byId(service, 'change', change)),
  ...(q !== undefined && (NUMBER.test(q) ? { id: await idFound(service, 'deployment', q) } : { q })),
});

const byId = async (service: Service, category: 'release' | 'change', idOrNumber: string | undefined) =>
  idOrNumber === undefined ? {} : { [category]: await idFound(service, category, idOrNumber) };

const idFound = async (service: Service, category: string, idOrNumber: string): Promise<string> =>
  idOf((await streamNamed(service, category, idOrNumber)) ?? '-');

const numbered = async ({ store }: Service, rows: readonly Row[]): Promise<readonly Row[]> => {
  const numbers = await store.numbersOf(rows.map(({ item }) => `deployment-${(item as { id: string }).id}`));
  return rows.map(({ cursor, item }) => ({
    cursor,
    item: { number: numbers.get(`deployment-${(item as { id: string }).id}`), ...item },
  }));
};
