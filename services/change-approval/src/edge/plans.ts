import { digestOf } from '@slipway/canonical';
import type { Service } from '@slipway/service';
import type { Plan, PlanKind } from '../domain/change-state.ts';
import type { ChangePlanDto, ChangePlansDto } from './change-work.dto.ts';

/** The digest is of what was written: the same plan is the same again, however it is sealed. */
export const planDigest = (kind: PlanKind, { steps, minutes }: ChangePlanDto): string =>
  digestOf({ kind, steps, ...(minutes !== undefined && { minutes }) });

export const sealedPlan = async (
  service: Service,
  stream: string,
  kind: PlanKind,
  dto: ChangePlanDto,
): Promise<Plan> => ({
  kind,
  steps: await service.seal(stream, dto.steps),
  digest: planDigest(kind, dto),
  ...(dto.minutes !== undefined && { minutes: dto.minutes }),
});

export const sealedPlans = async (
  service: Service,
  stream: string,
  { implementation, test, backOut }: ChangePlansDto = {},
): Promise<readonly Plan[]> => {
  const given: readonly (readonly [PlanKind, ChangePlanDto | undefined])[] = [
    ['implementation', implementation],
    ['test', test],
    ['back-out', backOut],
  ];
  return Promise.all(given.flatMap(([kind, dto]) => (dto ? [sealedPlan(service, stream, kind, dto)] : [])));
};
