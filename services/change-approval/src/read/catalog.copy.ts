import type {
  ApplicationEvent,
  EnvironmentEvent,
  EnvironmentStated,
  PersonEvent,
  PersonStated,
  RoleGrantEvent,
  ServiceEvent,
  ServiceStated,
} from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

export type ServiceCopy = Pick<ServiceStated['data'], 'name' | 'criticality' | 'ownerTeam'> &
  Readonly<{ dependsOn: readonly string[]; aliases: readonly string[] }>;
export type EnvironmentCopy = Pick<EnvironmentStated['data'], 'name' | 'tier' | 'aliases'>;
export type PersonCopy = Pick<PersonStated['data'], 'kind' | 'alsoKnownAs'>;

export type ApplicationCopy = Readonly<{ serviceIds: readonly string[] }>;

export type RoleGrantCopy = Readonly<{
  person: string;
  role: string;
  /** By name or id; those of `applications` and `teams` beside. */
  services: readonly string[] | 'all';
  applications: readonly string[];
  teams: readonly string[];
  /** Of what the role permits. */
  actions: readonly string[] | 'all';
  environments: readonly string[] | 'all';
  from: string;
  to: string | null;
  revoked: boolean;
}>;

export const serviceCopy = (
  copy: ServiceCopy | undefined,
  { type, data }: Recorded<ServiceEvent>,
): ServiceCopy | undefined => {
  if (type !== 'ServiceRegistered' && type !== 'ServiceUpdated') return copy;
  const { name, criticality, ownerTeam, dependencies, aliases } = data;
  return { name, criticality, ownerTeam, aliases, dependsOn: dependencies.map(({ serviceId }) => serviceId) };
};

export const environmentCopy = (
  copy: EnvironmentCopy | undefined,
  { type, data }: Recorded<EnvironmentEvent>,
): EnvironmentCopy | undefined =>
  type === 'EnvironmentRegistered' || type === 'EnvironmentUpdated'
    ? { name: data.name, tier: data.tier, aliases: data.aliases }
    : copy;

export const applicationCopy = (
  copy: ApplicationCopy | undefined,
  { type, data }: Recorded<ApplicationEvent>,
): ApplicationCopy | undefined =>
  type === 'ApplicationRegistered' || type === 'ApplicationUpdated' ? { serviceIds: data.serviceIds } : copy;

export const personCopy = (
  copy: PersonCopy | undefined,
  { type, data }: Recorded<PersonEvent>,
): PersonCopy | undefined =>
  type === 'PersonRegistered' || type === 'PersonUpdated' ? { kind: data.kind, alsoKnownAs: data.alsoKnownAs } : copy;

export const roleGrantCopy = (
  copy: RoleGrantCopy | undefined,
  event: Recorded<RoleGrantEvent>,
): RoleGrantCopy | undefined => {
  if (event.type === 'RoleRevoked') return copy && { ...copy, revoked: true };
  if (event.type !== 'RoleGranted') return copy;
  const { person, role, scope, from, to } = event.data;
  return {
    person,
    role,
    services: scope.services ?? (scope.applications || scope.teams ? [] : 'all'),
    applications: scope.applications ?? [],
    teams: scope.teams ?? [],
    actions: scope.actions ?? 'all',
    environments: scope.environments ?? 'all',
    from,
    to: to ?? null,
    revoked: false,
  };
};
