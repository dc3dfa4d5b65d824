import type { HeldGrant } from '@slipway/event-store';
import fc from 'fast-check';
import { Access, accessTo, EVERYWHERE, type Place, tokensOf } from './access.ts';

const grant = (limits: Partial<HeldGrant> = {}): HeldGrant => ({ id: 'g', role: 'deployer', ...limits });
const checkoutInProduction: Place = { serviceId: 'checkout', environmentId: 'production' };

describe('access', () => {
  test('is what the roles of a token give, everywhere', () => {
    expect(accessTo('deployments:write', ['deployer'], [])?.isEverywhere).toBe(true);
    expect(accessTo('deployments:write', ['viewer'], [])).toBeUndefined();
  });

  test('is what a grant gives, within its limits', () => {
    const access = accessTo('deployments:write', [], [grant({ services: ['checkout'] })]);
    expect(access?.covers([checkoutInProduction])).toBe(true);
    expect(access?.covers([checkoutInProduction, { serviceId: 'catalog' }])).toBe(false);
    expect(access?.touches([checkoutInProduction, { serviceId: 'catalog' }])).toBe(true);
  });

  test('is everywhere when one grant has no limit', () => {
    expect(accessTo('deployments:write', [], [grant({ services: ['x'] }), grant()])?.isEverywhere).toBe(true);
  });

  test('is only of the actions that a grant is limited to', () => {
    const only = grant({ actions: ['deployments:read'] });
    expect(accessTo('deployments:read', [], [only])).toBeDefined();
    expect(accessTo('deployments:write', [], [only])).toBeUndefined();
  });

  test('is never more than the role gives', () => {
    expect(accessTo('changes:approve', [], [grant({ actions: ['changes:approve'] })])).toBeUndefined();
  });

  test('of one service in one environment is not of the service, nor of the environment', () => {
    const access = new Access([grant({ services: ['checkout'], environments: ['staging'] })]);
    expect(access.covers([checkoutInProduction])).toBe(false);
    expect(access.covers([{ serviceId: 'catalog', environmentId: 'staging' }])).toBe(false);
    expect(access.covers([{ serviceId: 'checkout', environmentId: 'staging' }])).toBe(true);
  });

  test('with a limit never covers what concerns everything', () => {
    expect(new Access([grant({ services: ['checkout'] })]).covers([EVERYWHERE])).toBe(false);
    expect(new Access([grant({ environments: ['production'] })]).touches([EVERYWHERE])).toBe(false);
    expect(new Access().covers([EVERYWHERE])).toBe(true);
  });

  test('is not heeded until somebody asks how far it reaches', () => {
    const access = new Access([grant({ services: ['checkout'] })]);
    expect(access.isHeeded).toBe(false);
    access.tokens();
    expect(access.isHeeded).toBe(true);
    expect(new Access().isHeeded).toBe(true);
  });
});

const id = fc.constantFrom('a', 'b', 'c');
const limit = fc.option(fc.uniqueArray(id, { minLength: 1 }), { nil: undefined });
const place = fc.record(
  { serviceId: fc.constantFrom('a', 'b', 'c', '*'), environmentId: fc.constantFrom('a', 'b', 'c', '*') },
  { requiredKeys: [] },
);
const limited = fc
  .record({ services: limit, environments: limit })
  .map(({ services, environments }) => grant({ ...(services && { services }), ...(environments && { environments }) }));

test('a list shows the rows that could be read one by one', () => {
  fc.assert(
    fc.property(
      fc.array(limited, { minLength: 1, maxLength: 3 }),
      fc.array(place, { maxLength: 3 }),
      (grants, places) => {
        const access = new Access(grants);
        const tokens = access.tokens();
        const kept = tokensOf(places);
        const isShown = !tokens || kept.length === 0 || kept.some(token => tokens.includes(token));
        expect(isShown).toBe(access.touches(places));
      },
    ),
  );
});

test('what covers places touches them', () => {
  fc.assert(
    fc.property(
      fc.array(limited, { minLength: 1, maxLength: 3 }),
      fc.array(place, { maxLength: 3 }),
      (grants, places) => {
        const access = new Access(grants);
        expect(access.covers(places) && !access.touches(places)).toBe(false);
      },
    ),
  );
});
