import type { ExternalRef, TeamEvent } from '@slipway/contracts';
import { type Asked, notFound } from '@slipway/edge';
import type { Service } from '@slipway/service';
import { type StatedTeam, teamIdOf } from '../../domain/team.ts';
import { inUse } from '../../read/registration-list.query.ts';
import { teamView } from '../../read/team.view.ts';
import { PeopleRegister, pseudonymOf } from '../people-register.ts';
import { NAME_OF_NUMBERED } from '../registrations.dto.ts';
import { BASE, patched, received, scimError, type ScimGroup } from './scim-schemas.ts';

type Team = Readonly<{
  id: string;
  title: string;
  members: StatedTeam['members'];
  onCall?: StatedTeam['onCall'];
  externalId?: string;
  externalRefs: readonly ExternalRef[];
}>;
type People = ReadonlyMap<string, string>;

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Teams as SCIM's Groups: `displayName` is the title, from which the name of a new one comes. Who has which part stays. */
export class ScimGroups {
  private readonly register: PeopleRegister;

  constructor(private readonly service: Service) {
    this.register = new PeopleRegister(service);
  }

  async all(): Promise<readonly ScimGroup[]> {
    const { teams } = await inUse(this.service.dataSource);
    const known = await Promise.all(teams.map(({ id }) => this.registered(id)));
    const groups = known.filter(team => team !== undefined);
    const names = await this.names(groups.flatMap(({ members }) => members));
    return groups.map(team => groupIn(team, names));
  }

  async one(id: string): Promise<ScimGroup> {
    const team = await this.teamOf(id);
    return groupIn(team, await this.names(team.members));
  }

  async create(asked: Asked, body: unknown): Promise<ScimGroup> {
    const group = bounded(received('Group', body));
    const name = nameOf(group.displayName);
    const id = teamIdOf(name);
    if (await this.registered(id)) throw scimError(409, 'uniqueness', `There is a group ${name} already.`);
    const data = { name, title: group.displayName, members: await this.membersOf(group, []) };
    await this.service.carryOut(
      asked,
      { stream: `team-${id}`, command: { type: 'RegisterTeam', data }, creates: true },
      teamView,
    );
    await this.keepExternalId(asked, id, [], group.externalId);
    return this.one(id);
  }

  async replace(asked: Asked, id: string, body: unknown): Promise<ScimGroup> {
    return this.stated(asked, await this.teamOf(id), bounded(received('Group', body)));
  }

  /** Answers the group as it is after the PATCH. */
  async patch(asked: Asked, id: string, body: unknown): Promise<ScimGroup> {
    const team = await this.teamOf(id);
    const before = groupIn(team, await this.names(team.members));
    const after = await patched('Group', before, body);
    return after ? this.stated(asked, team, bounded(after)) : before;
  }

  /** The team is retired. */
  async remove(asked: Asked, id: string): Promise<void> {
    await this.teamOf(id);
    const stream = `team-${id}`;
    const reason = await this.service.seal(stream, 'The identity provider removed the group.');
    await this.service.carryOut(asked, { stream, command: { type: 'RetireTeam', data: { reason } } }, teamView);
  }

  private async stated(
    asked: Asked,
    { id, members, onCall, externalRefs }: Team,
    group: ScimGroup,
  ): Promise<ScimGroup> {
    const data = {
      title: group.displayName,
      members: await this.membersOf(group, members),
      ...(onCall && { onCall }),
    };
    await this.service.carryOut(asked, { stream: `team-${id}`, command: { type: 'UpdateTeam', data } }, teamView);
    await this.keepExternalId(asked, id, externalRefs, group.externalId);
    return this.one(id);
  }

  /** As a reference of the team to the identity provider, beside the others that it has. */
  private async keepExternalId(asked: Asked, id: string, refs: readonly ExternalRef[], key?: string): Promise<void> {
    if (key === undefined) return;
    const others = refs.filter(({ system }) => system !== SYSTEM);
    const command = { type: 'ChangeDetails', data: { externalRefs: [...others, { system: SYSTEM, key }] } };
    await this.service.carryOut(asked.part('external-id'), { stream: `team-${id}`, command }, teamView);
  }

  private async registered(id: string): Promise<Team | undefined> {
    if (!ID.test(id)) return undefined;
    const { events } = await this.service.store.read<TeamEvent>(`team-${id}`);
    const team = events.reduce<ReturnType<typeof teamView>>(teamView, undefined);
    if (team?.state !== 'Registered') return undefined;
    const externalId = team.externalRefs.find(({ system }) => system === SYSTEM)?.key;
    return { id, ...team, ...(externalId !== undefined && { externalId }) };
  }

  private async teamOf(id: string): Promise<Team> {
    const team = await this.registered(id);
    if (!team) throw notFound(`There is no group ${id}.`);
    return team;
  }

  private async names(members: StatedTeam['members']): Promise<People> {
    const people = await this.register.people([...new Set(members.map(({ person }) => person))]);
    return new Map(people.map(({ pseudonym, name }) => [pseudonym, name]));
  }

  private async membersOf({ members = [] }: ScimGroup, known: StatedTeam['members']): Promise<StatedTeam['members']> {
    const persons = [...new Set(members.map(({ value = '' }) => pseudonymOf(value)))];
    if (persons.length > MOST_MEMBERS)
      throw scimError(400, 'invalidValue', `A team has at most ${MOST_MEMBERS} members.`);
    const parts = new Map(known.map(({ person, part }) => [person, part]));
    const strangers = persons.filter(person => !parts.has(person));
    const people = new Set((await this.register.people(strangers)).map(({ pseudonym }) => pseudonym));
    const [unknown] = strangers.filter(person => !people.has(person));
    if (unknown !== undefined) throw scimError(400, 'invalidValue', `There is no user ${unknown.slice(PREFIX)}.`);
    return persons.map(person => ({ person, part: parts.get(person) ?? 'member' }));
  }
}

const MOST_MEMBERS = 500;
const SYSTEM = 'scim';
const PREFIX = 'person-'.length;

type Shown = Pick<Team, 'id' | 'title' | 'members' | 'externalId'>;

const groupIn = ({ id, title, members, externalId }: Shown, names: People): ScimGroup => ({
  id,
  ...(externalId !== undefined && { externalId }),
  displayName: title,
  ...(members.length > 0 && {
    members: members.map(({ person }) => {
      const value = person.slice(PREFIX);
      const display = names.get(person);
      return { value, ...(display !== undefined && { display }), type: 'User', $ref: `${BASE}/Users/${value}` };
    }),
  }),
});

const bounded = (group: ScimGroup): ScimGroup => {
  const { displayName, externalId = '' } = group;
  if (displayName.length > 0 && displayName.length <= 200 && externalId.length <= 200) return group;
  throw scimError(400, 'invalidValue', 'displayName and externalId have at most 200 characters.');
};

/** `Payments & Billing` is called `payments-billing`. */
const nameOf = (title: string): string => {
  const name = NAME_OF_NUMBERED.test(title)
    ? title
    : title
        .normalize('NFKD')
        .toLowerCase()
        .replaceAll(/[^a-z0-9._-]+/g, '-')
        .replaceAll(/^[^a-z0-9]+|-+$/g, '')
        .slice(0, 80);
  if (NAME_OF_NUMBERED.test(name)) return name;
  throw scimError(
    400,
    'invalidValue',
    'displayName needs a letter or a digit of ASCII: the name of the team comes from it.',
  );
};
