import { ProblemException } from '@slipway/edge';
import type { StatedApplication } from '../domain/application.ts';
import type { AskedEnvironment } from '../domain/environment.ts';
import type { StatedService } from '../domain/service.ts';
import type { StatedTeam } from '../domain/team.ts';
import type { UpdateApplicationDto } from './applications.dto.ts';
import type { UpdateEnvironmentDto } from './environments.dto.ts';
import { idOfReference } from './references.ts';
import type { UpdateServiceDto } from './services.dto.ts';
import type { UpdateTeamDto } from './teams.dto.ts';

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
  ...(dto.criticalOrImportantFunction !== undefined && {
    criticalOrImportantFunction: dto.criticalOrImportantFunction,
  }),
  ...(dto.inSoxScope !== undefined && { inSoxScope: dto.inSoxScope }),
  ...(dto.thirdPartyProvider !== undefined && { thirdPartyProvider: dto.thirdPartyProvider }),
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
    ...(dto.ownerTeam !== undefined && { ownerTeam: dto.ownerTeam }),
    ...(dto.certified !== undefined && { certified: dto.certified }),
    ...(dto.dataClass !== undefined && { dataClass: dto.dataClass }),
    ...(dto.topology !== undefined && { topology: dto.topology }),
    ...(dto.middleware && { middleware: dto.middleware }),
  };
};

/** What a body says of an application, but for its name. */
export const applicationStatement = (dto: UpdateApplicationDto): Omit<StatedApplication, 'name'> => ({
  title: dto.title,
  ownerTeam: dto.ownerTeam,
  serviceIds: (dto.services ?? []).map(each => idOfReference('service', each)),
});

/** What a body says of a team, but for its name; `pseudonymOf` knows the members. */
export const teamStatement = (
  { title, members = [], onCall }: UpdateTeamDto,
  pseudonymOf: (person: string) => string,
): Omit<StatedTeam, 'name'> => ({
  title,
  members: members.map(({ person, part = 'member' }) => ({ person: pseudonymOf(person), part })),
  ...(onCall && {
    onCall: { system: onCall.system, key: onCall.key, ...(onCall.url !== undefined && { url: onCall.url }) },
  }),
});

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
