import { derivedId } from '@slipway/canonical';
import type { Fact } from '@slipway/service/testing';

/** What the catalog would tell of a service or an environment. */
export const idOfService = (name: string): string => derivedId('service', name);
export const idOfEnvironment = (name: string): string => derivedId('environment', name);

export const serviceRegistered = (name: string, more: object = {}): Fact => ({
  type: 'ServiceRegistered',
  data: {
    name,
    title: name,
    ownerTeam: 'shop',
    criticality: 'high',
    repositories: [],
    alertLabels: [],
    aliases: [],
    dependencies: [],
    ...more,
  },
});

export const environmentRegistered = (name: string, more: object = {}): Fact => ({
  type: 'EnvironmentRegistered',
  data: {
    name,
    title: name,
    tier: 'production',
    region: 'eu',
    timeZone: 'UTC',
    aliases: [],
    openness: 'always-open',
    ...more,
  },
});
