import { ProblemException } from '@slipway/edge';
import type { AskedEnvironment } from '../domain/environment.ts';
import type { StatedService } from '../domain/service.ts';
import type { UpdateEnvironmentDto } from './environments.dto.ts';
import { idOfReference } from './references.ts';
import type { UpdateServiceDto } from './services.dto.ts';

/** What a body says of a service, but for its name. */
export const serviceStatement = (dto: UpdateServiceDto): Omit<StatedService, 'name'> => ({
  title: dto.title,
  ownerTeam: dto.ownerTeam,
  criticality: dto.criticality,
  repositories: dto.repositories ?? [],
  alertLabels: dto.alertLabels ?? [],
  aliases: dto.aliases ?? [],
  dependencies: (dto.dependencies ?? []).map(({ service, kind }) => ({
    serviceId: idOfReference('service', service),
    kind,
  })),
});

export const dependenciesIn = ({ dependencies = [] }: UpdateServiceDto): readonly string[] =>
  dependencies.map(({ service }) => service);

/** What a body says of an environment, but for its name. 422 when the time zone is none. */
export const environmentStatement = (dto: UpdateEnvironmentDto): Omit<AskedEnvironment, 'name'> => {
  if (!isTimeZone(dto.timeZone)) throw unknownTimeZone(dto.timeZone);
  return {
    title: dto.title,
    tier: dto.tier,
    region: dto.region,
    timeZone: dto.timeZone,
    aliases: dto.aliases ?? [],
    ...(dto.openness && { openness: dto.openness }),
  };
};

const unknownTimeZone = (name: string): ProblemException =>
  new ProblemException({
    status: 422,
    code: 'unknown-time-zone',
    detail: `${name} is no time zone of the IANA database, such as Europe/Berlin.`,
  });

const isTimeZone = (name: string): boolean => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' && /^[A-Z]/i.test(name);
  } catch {
    return false;
  }
};
