import { samples } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { environmentCopy, serviceCopy } from './catalog.copy.ts';

const told = <Event>(type: string): Recorded & Event =>
  ({ type, data: samples[type], id: 'e', stream: 's', version: 1, correlationId: 'c' }) as never;

test.each(['ServiceRetired', 'ServiceDetailsChanged', 'ServiceCommented', 'ServiceFileLinked', 'ServiceFileUnlinked'])(
  'what decisions know of a service stays as it is after %s',
  type => {
    const copy = serviceCopy(undefined, told('ServiceRegistered'));
    expect(copy).toMatchObject({ name: 'checkout', criticality: 'critical' });
    expect(serviceCopy(copy, told(type))).toBe(copy);
    expect(serviceCopy(undefined, told(type))).toBeUndefined();
  },
);

test.each(['EnvironmentRetired', 'EnvironmentDetailsChanged', 'EnvironmentCommented'])(
  'what decisions know of an environment stays as it is after %s',
  type => {
    const copy = environmentCopy(undefined, told('EnvironmentUpdated'));
    expect(copy).toEqual({ name: 'production', tier: 'production', aliases: ['prod', 'live'] });
    expect(environmentCopy(copy, told(type))).toBe(copy);
  },
);
