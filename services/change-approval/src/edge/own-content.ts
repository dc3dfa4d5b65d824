import { digestOf, sortedSet } from '@slipway/canonical';
import { type Content, contentOf } from '@slipway/contracts';
import { invalidFields } from '@slipway/edge';
import type { Service } from '@slipway/service';
import type { Proposal } from '../domain/change-state.ts';
import type { ChangePlansDto } from './change-work.dto.ts';
import type { OwnContentDto } from './own-content.dto.ts';
import { planDigest } from './plans.ts';
import { idsOf, targetsOf } from './references.ts';

/** The proposal of a change that has no release. What its plans say stands in for the digests of plans kept elsewhere. */
export const ownProposal = async (
  service: Service,
  dto: OwnContentDto,
  plans: ChangePlansDto = {},
): Promise<Proposal> => {
  const { commitAuthors = [], builders = [], window } = dto;
  const content = { ...(await contentIn(service, dto)), ...plansIn(dto, plans) };
  const backoutMinutes = plans.backOut?.minutes ?? dto.backoutMinutes;
  return {
    content,
    contentDigest: digestOf(content),
    window: { start: window.start, end: window.end },
    ...(backoutMinutes !== undefined && { backoutMinutes }),
    commitAuthors: [...new Set(await service.pseudonymsOf(commitAuthors))].sort(),
    builders: [...new Set(await service.pseudonymsOf(builders))].sort(),
  };
};

const contentIn = async (service: Service, dto: OwnContentDto): Promise<Content> => {
  const { artifacts = [], configurationBaseline, configurationItems = [] } = dto;
  const serviceIds = await idsOf(
    service,
    'service',
    artifacts.map(each => each.service),
  );
  const items = sortedSet(configurationItems.map(({ kind, name }) => ({ kind, name })));
  return {
    ...contentOf({
      scope: [],
      artifacts: artifacts.map(({ version, digest }, index) => ({
        serviceId: serviceIds[index] ?? '',
        version,
        digest,
      })),
      targets: await targetsOf(service, dto.targets),
    }),
    ...(configurationBaseline && { configurationBaseline }),
    ...(items.length > 0 && { configurationItems: items }),
  };
};

const plansIn = (dto: OwnContentDto, { implementation, backOut }: ChangePlansDto): Partial<Content> => {
  const twice = [
    ...(implementation && dto.deploymentPlan ? ['deploymentPlan'] : []),
    ...(backOut && dto.rollbackPlan ? ['rollbackPlan'] : []),
    ...(backOut && dto.backoutMinutes ? ['backoutMinutes'] : []),
  ];
  if (twice.length > 0)
    throw invalidFields(twice.map(field => ({ pointer: `/content/${field}`, detail: 'is said by plans already' })));
  const deploymentPlan = implementation ? planDigest('implementation', implementation) : dto.deploymentPlan;
  const rollbackPlan = backOut ? planDigest('back-out', backOut) : dto.rollbackPlan;
  return { ...(deploymentPlan && { deploymentPlan }), ...(rollbackPlan && { rollbackPlan }) };
};
