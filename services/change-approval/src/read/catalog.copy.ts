import type { EnvironmentEvent, PersonEvent, RoleGrantEvent, ServiceEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

export type ServiceCopy = Pick<ServiceEvent['data'], 'name' | 'criticality' | 'ownerTeam'> &
  Readonly<{ dependsOn: readonly string[] }>;
export type EnvironmentCopy = Pick<EnvironmentEvent['data'], 'name' | 'tier'>;
export type PersonCopy = Pick<PersonEvent['data'], 'kind' | 'alsoKnownAs'>;

export type RoleGrantCopy = Readonly<{
  person: string;
  role: string;
  services: readonly string[] | 'all';
  environments: readonly string[] | 'all';
  from: string;
  to: string | null;
  revoked: boolean;
}>;

export const serviceCopy = (_: ServiceCopy | undefined, { data }: Recorded<ServiceEvent>): ServiceCopy => ({
  name: data.name,
  criticality: data.criticality,
  ownerTeam: data.ownerTeam,
  dependsOn: data.dependencies.map(({ serviceId }) => serviceId),
});

export const environmentCopy = (
  _: EnvironmentCopy | undefined,
  { data }: Recorded<EnvironmentEvent>,
): EnvironmentCopy => ({
  name: data.name,
  tier: data.tier,
});

export const personCopy = (_: PersonCopy | undefined, { data }: Recorded<PersonEvent>): PersonCopy => ({
  kind: data.kind,
  alsoKnownAs: data.alsoKnownAs,
});

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
    services: scope.services ?? 'all',
    environments: scope.environments ?? 'all',
    from,
    to: to ?? null,
    revoked: false,
  };
};
