import { digestOf } from '@slipway/canonical';
import { contentOf } from '@slipway/contracts';
import type { Service } from '@slipway/service';
import type { Proposal } from '../domain/change-state.ts';
import type { OwnContentDto } from './changes.dto.ts';
import { idsOf, targetsOf } from './references.ts';

/** The proposal of a change that has no release. */
export const ownProposal = async (service: Service, dto: OwnContentDto): Promise<Proposal> => {
  const {
    artifacts = [],
    commitAuthors = [],
    builders = [],
    deploymentPlan,
    rollbackPlan,
    configurationBaseline,
  } = dto;
  const serviceIds = await idsOf(
    service,
    'service',
    artifacts.map(each => each.service),
  );
  const content = {
    ...contentOf({
      scope: [],
      artifacts: artifacts.map(({ version, digest }, index) => ({
        serviceId: serviceIds[index] ?? '',
        version,
        digest,
      })),
      targets: await targetsOf(service, dto.targets),
    }),
    ...(deploymentPlan && { deploymentPlan }),
    ...(rollbackPlan && { rollbackPlan }),
    ...(configurationBaseline && { configurationBaseline }),
  };
  return {
    content,
    contentDigest: digestOf(content),
    window: { start: dto.window.start, end: dto.window.end },
    backoutMinutes: dto.backoutMinutes,
    commitAuthors: [...new Set(await service.pseudonymsOf(commitAuthors))].sort(),
    builders: [...new Set(await service.pseudonymsOf(builders))].sort(),
  };
};
