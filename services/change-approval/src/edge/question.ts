import { derivedId } from '@slipway/canonical';
import type { ChangeEvent } from '@slipway/contracts';
import { idOf, type Recorded } from '@slipway/event-sourcing';
import type { Service } from '@slipway/service';
import type { AskDecision } from '../processes/decide-when-deployment-requested.ts';
import { changeView, type ChangeView } from '../read/change.view.ts';
import type { DecisionPreviewDto, DecisionRequestDto } from './decisions.dto.ts';
import { releaseNow } from './proposal-facts.ts';
import { targetsOf } from './references.ts';

/** What was asked, by ids. `asker` deploys when nobody else is named. */
export const questionIn = async (
  service: Service,
  dto: DecisionRequestDto & Pick<DecisionPreviewDto, 'at'>,
  asker: string,
  decisionId: string,
): Promise<AskDecision['data']> => {
  const [target = { serviceId: '', environmentId: '', wave: 1 }] = await targetsOf(service, [dto]);
  const [deployer = asker] = await service.pseudonymsOf(dto.deployer ? [dto.deployer] : []);
  const id = async (category: string, given: string | undefined) =>
    given === undefined ? undefined : idOf(await service.streamOf(category, given));
  const [changeId, releaseId] = [await id('change', dto.change), await id('release', dto.release)];
  const undoes = await id('deployment', dto.undoes);
  return {
    // A question without a deployment is recorded for one that will never be there.
    deploymentId: (await id('deployment', dto.deployment)) ?? derivedId('no-deployment', decisionId),
    kind: dto.kind ?? 'planned',
    target,
    digests: dto.digests ?? (await digestsOf(service, target.serviceId, changeId, releaseId)),
    deployer,
    ...(undoes && { undoes }),
    ...(changeId && { changeId }),
    ...(releaseId && { releaseId }),
    ...(dto.at && { at: dto.at }),
  };
};

/** What the change or release has for this service. */
const digestsOf = async (
  service: Service,
  serviceId: string,
  changeId: string | undefined,
  releaseId: string | undefined,
): Promise<readonly string[]> => {
  const artifacts = changeId
    ? await artifactsOfChange(service, changeId)
    : await artifactsOfRelease(service, releaseId);
  return artifacts.filter(each => each.serviceId === serviceId).map(({ digest }) => digest);
};

const artifactsOfChange = async ({ store }: Service, changeId: string) => {
  const { events } = await store.read<Recorded<ChangeEvent>>(`change-${changeId}`);
  return events.reduce<ChangeView | undefined>(changeView, undefined)?.content.artifacts ?? [];
};

const artifactsOfRelease = async (service: Service, releaseId: string | undefined) =>
  releaseId === undefined ? [] : ((await releaseNow(service, releaseId)).release?.parts.artifacts ?? []);
