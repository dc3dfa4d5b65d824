import { parseAllDocuments } from 'yaml';
import { type Entity, fromBackstage, isEntity } from './backstage.ts';
import { parsedRef } from './backstage-reference.ts';

const CATALOG_INFO = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: checkout
  title: Checkout
  annotations:
    github.com/project-slug: shop/checkout
    backstage.io/source-location: url:https://git.example/shop/checkout/
  labels: { slipway.dev/criticality: critical }
spec:
  type: service
  lifecycle: production
  owner: group:default/payments
  system: shop
  dependsOn: [component:default/cart, resource:orders-db, 'resource:card-network', 'api:orders']
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: cart }
spec: { type: service, lifecycle: production, owner: shop, system: default/shop }
---
apiVersion: backstage.io/v1beta1
kind: Resource
metadata: { name: orders-db }
spec: { type: database, owner: payments }
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: { name: session-store }
spec: { type: database, owner: shop, dependencyOf: ['component:cart'] }
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: shop }
spec: { owner: shop }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: payments }
spec: { type: team, profile: { displayName: Payments }, children: [], members: [ann, zoe] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ann, annotations: { github.com/user-login: ann-shop } }
spec: { profile: { displayName: Ann Example, email: ann@example.org }, memberOf: [payments] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: bo, annotations: { gitlab.com/user-login: bo } }
spec: { memberOf: [payments] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: cy }
spec: { memberOf: [] }
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: orders }
spec: { type: openapi, lifecycle: production, owner: shop, definition: '' }
`;
const entities = parseAllDocuments(CATALOG_INFO).map(document => document.toJS() as Entity);

test('entities become what the catalog holds; what has no place is told', () => {
  expect(fromBackstage(entities)).toEqual({
    document: {
      services: [
        {
          name: 'checkout',
          title: 'Checkout',
          ownerTeam: 'payments',
          criticality: 'critical',
          repositories: ['shop/checkout', 'https://git.example/shop/checkout/'],
          dependencies: [
            { service: 'cart', kind: 'service' },
            { service: 'orders-db', kind: 'database' },
            { service: 'card-network', kind: 'third-party' },
          ],
        },
        {
          name: 'cart',
          title: 'cart',
          ownerTeam: 'shop',
          criticality: 'medium',
          dependencies: [{ service: 'session-store', kind: 'database' }],
        },
        { name: 'orders-db', title: 'orders-db', ownerTeam: 'payments', criticality: 'medium' },
        { name: 'session-store', title: 'session-store', ownerTeam: 'shop', criticality: 'medium' },
      ],
      applications: [{ name: 'shop', title: 'shop', ownerTeam: 'shop', services: ['checkout', 'cart'] }],
      teams: [
        { name: 'payments', title: 'Payments', members: [{ person: 'ann@example.org' }, { person: 'gitlab:bo' }] },
      ],
      people: [
        { name: 'Ann Example', email: 'ann@example.org', accounts: ['github:ann-shop'] },
        { name: 'bo', accounts: ['gitlab:bo'] },
      ],
    },
    remarks: [
      'API orders is left out: the catalog has no such kind.',
      'User cy is left out: without an e-mail or an account nobody would be recognized.',
      'User zoe is left out of the team payments: no file says who that is.',
    ],
  });
});

test.each([
  ['checkout', 'component', 'checkout'],
  ['component:checkout', 'component', 'checkout'],
  ['Resource:default/orders-db', 'resource', 'orders-db'],
  ['default/shop', 'component', 'shop'],
])('the reference %s is %s %s', (reference, kind, name) => {
  expect(parsedRef(reference, 'component')).toEqual({ kind, name });
});

test.each([
  [{ services: [] }],
  [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'checkout' } }],
  [{ apiVersion: 'backstage.io/v1alpha1', kind: 'Component' }],
])('%j is no entity', value => {
  expect(isEntity(value)).toBe(false);
});

test('an entity that says nothing more is a service all the same', () => {
  const bare = { apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name: 'bare' } };
  expect(fromBackstage([bare]).document).toEqual({
    services: [{ name: 'bare', title: 'bare', ownerTeam: 'unknown', criticality: 'medium' }],
  });
});
