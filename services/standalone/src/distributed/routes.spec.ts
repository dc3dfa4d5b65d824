import { ownersByPath } from './routes.ts';

const ownerOf = ownersByPath();

test.each([
  ['/v1/releases', 'planning'],
  ['/v1/releases/REL-1/schedule', 'planning'],
  ['/v1/releasesx', undefined],
  ['/v1/environments/production', 'catalog'],
  ['/v1/environments/production/running', 'deployment-execution'],
  ['/v1/deployments/hooks/github', 'deployment-execution'],
  ['/v1/incidents/hooks/alertmanager', 'incident-correlation'],
  ['/v1/operations/change-approval/parked', 'change-approval'],
  ['/v1/subscriptions/SUB-1/deliveries', 'notification'],
  ['/v1/metric-thresholds/THR-1/retire', 'metrics'],
  ['/v1/cdevents', 'notification'],
  ['/schemas/dev.slipway.release-held.v1.json', 'audit'],
  ['/local-issuer/jwks.json', 'issuer'],
  ['/metrics', undefined],
])('%s belongs to %s', (path, owner) => {
  expect(ownerOf(path)).toBe(owner);
});
