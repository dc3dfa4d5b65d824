import { type Fact, factOf } from '../facts/facts.ts';
import { NO_REACH, reachAfter } from './reach.ts';

const fact = (stream: string, type: string, data: object): Fact =>
  factOf({ stream, version: 1, type, data: { ...data, occurredAt: '', recordedAt: '' } }) as Fact;
const reachOf = (...facts: readonly Fact[]) => facts.reduce(reachAfter, NO_REACH);
const target = { serviceId: 'checkout', environmentId: 'eu', wave: 1 };

test('a production deployment is about its service, and says something of what it undoes or mends', () => {
  const requested = fact('deployment-d2', 'DeploymentRequested', {
    target,
    production: true,
    undoes: 'd1',
    digests: [],
  });
  const mends = fact('deployment-d2', 'RemediationConfirmed', { record: 'deployment', recordId: 'd0' });
  const incident = fact('deployment-d2', 'RemediationRejected', { record: 'incident', recordId: 'i1' });
  expect(reachOf(requested, mends, incident)).toEqual({
    serviceIds: ['checkout'],
    named: ['deployment-d1', 'deployment-d0'],
  });
});

test('a deployment elsewhere is about nothing', () => {
  const requested = fact('deployment-d3', 'DeploymentRequested', { target, production: false, digests: [] });
  const started = fact('deployment-d3', 'DeploymentStarted', {});
  expect(reachOf(requested, started)).toEqual(NO_REACH);
});

test('a change is about its services, and about those that its content goes to', () => {
  const raised = fact('change-c1', 'ChangeRaised', { serviceIds: ['cart'], content: { targets: [target] } });
  const mail = { ...target, serviceId: 'mail' };
  const revised = fact('change-c1', 'ChangeRevised', { content: { targets: [mail] } });
  expect(reachOf(raised, revised)).toEqual({ serviceIds: ['cart', 'checkout', 'mail'], named: [] });
});

test('an incident is about its services, and about the deployments that were ever thought to be a cause', () => {
  const detected = fact('incident-i1', 'IncidentDetected', { serviceIds: ['cart'], impactStartedAt: '' });
  const attached = fact('incident-i1', 'AlertAttached', { serviceIds: ['mail', 'cart'] });
  const confirmed = fact('incident-i1', 'CauseConfirmed', { kind: 'deployment', deploymentId: 'd1', primary: true });
  const withdrawn = fact('incident-i1', 'CauseWithdrawn', { kind: 'deployment', deploymentId: 'd1' });
  expect(reachOf(detected, attached, confirmed, withdrawn)).toEqual({
    serviceIds: ['cart', 'mail'],
    named: ['deployment-d1'],
  });
});

test('of history, what a source names counts too', () => {
  const named = { system: 'github', key: '7', id: 'd7' };
  const incident = fact('incident-i2', 'IncidentImported', {
    serviceIds: ['cart'],
    namedCauses: [{ kind: 'deployment', record: named }, { kind: 'external' }],
  });
  const hotfix = fact('deployment-d8', 'DeploymentImported', {
    serviceId: 'cart',
    production: true,
    remediates: { record: 'deployment', ...named },
  });
  expect([reachOf(incident), reachOf(hotfix)]).toEqual([
    { serviceIds: ['cart'], named: ['deployment-d7'] },
    { serviceIds: ['cart'], named: ['deployment-d7'] },
  ]);
});

test('a service has the owner that was said last, and an application the services', () => {
  const said = (serviceIds: readonly string[]) =>
    fact('application-store', 'ApplicationUpdated', { name: 'store', serviceIds });
  expect(reachOf(said(['cart', 'mail']), said(['mail']))).toEqual({ serviceIds: ['mail'], named: [], name: 'store' });
  const owned = (ownerTeam: string) => fact('service-cart', 'ServiceUpdated', { name: 'cart', ownerTeam });
  expect(reachOf(owned('shop'), owned('basket'))).toMatchObject({ serviceIds: ['cart'], ownerTeam: 'basket' });
});
