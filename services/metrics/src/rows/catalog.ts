import { isProduction } from '@slipway/contracts';
import { type Fact, rowsOf } from '../facts/facts.ts';

/** What the catalog says by now: the figures of the past are told by today's owners. */
export type Catalog = Readonly<{
  services: readonly Readonly<{ id: string; name: string; ownerTeam?: string }>[];
  applications: readonly Readonly<{ id: string; name: string; serviceIds: readonly string[] }>[];
  environments: readonly Readonly<{ id: string; name: string; tier: string; region?: string }>[];
}>;

export const catalogOf = (facts: readonly Fact[]): Catalog => ({
  services: rowsOf<Catalog['services'][number]>(facts, 'service', (id, row, fact) =>
    fact.type === 'ServiceRegistered' || fact.type === 'ServiceUpdated' ? { id, ...said(fact.data) } : row,
  ),
  applications: rowsOf<Catalog['applications'][number]>(facts, 'application', (id, row, fact) =>
    fact.type === 'ApplicationRegistered' || fact.type === 'ApplicationUpdated' ? { id, ...said(fact.data) } : row,
  ),
  environments: rowsOf<Catalog['environments'][number]>(facts, 'environment', (id, row, fact) =>
    fact.type === 'EnvironmentRegistered' || fact.type === 'EnvironmentUpdated' ? { id, ...said(fact.data) } : row,
  ),
});

const said = <Data extends Readonly<{ occurredAt: string; recordedAt: string }>>(
  data: Data,
): Omit<Data, 'occurredAt' | 'recordedAt'> => {
  const { occurredAt: _, recordedAt: __, ...rest } = data;
  return rest;
};

/** Environments that are known to be for trying things out. */
export const elsewhere = ({ environments }: Catalog): ReadonlySet<string> =>
  new Set(environments.filter(({ tier }) => !isProduction(tier)).map(({ id }) => id));
