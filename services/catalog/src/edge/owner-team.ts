import type { TeamEvent } from '@slipway/contracts';
import { Answer, type Row } from '@slipway/edge';
import type { Service } from '@slipway/service';
import { teamIdOf } from '../domain/team.ts';
import { teamsNamed } from '../read/team-list.query.ts';
import { teamView } from '../read/team.view.ts';
import { streamOfReference } from './references.ts';

/** A record with the id of the registered team that its `ownerTeam` names. */
export const withOwnerTeam = async (service: Service, answer: Answer): Promise<Answer> => {
  const { ownerTeam } = answer.record;
  if (typeof ownerTeam !== 'string') return answer;
  const ownerTeamId = teamIdOf(ownerTeam);
  const { events } = await service.store.read<TeamEvent>(`team-${ownerTeamId}`);
  const team = events.reduce<ReturnType<typeof teamView>>(teamView, undefined);
  if (team?.state !== 'Registered') return answer;
  return new Answer({ ...answer.record, ownerTeamId }, answer.event, answer.replayed);
};

export const rowsWithOwnerTeams = async (service: Service, rows: readonly Row[]): Promise<readonly Row[]> => {
  const owners = rows.flatMap(({ item }) => ('ownerTeam' in item ? [String(item.ownerTeam)] : []));
  const ids = await teamsNamed(service.dataSource, owners);
  return rows.map(({ cursor, item }) => {
    const ownerTeamId = 'ownerTeam' in item ? ids.get(String(item.ownerTeam)) : undefined;
    return { cursor, item: { ...item, ...(ownerTeamId !== undefined && { ownerTeamId }) } };
  });
};

const ID_OR_NUMBER = /^(?:TEAM-\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The name of a team that a filter names by name, id or number. */
export const teamName = async (service: Service, reference: string): Promise<string> => {
  if (!ID_OR_NUMBER.test(reference)) return reference;
  const { record } = await service.record(await streamOfReference(service, 'team', reference), teamView);
  return String(record['name']);
};
