import { type Cast, digestOf, people } from './cast.ts';

/** Three services of one application, four environments, and who may do what where. */
export const fillTheCatalog = async (cast: Cast): Promise<void> => {
  await register(cast);
  await grantRoles(cast);
  await look(cast);
};

const register = async ({ ada }: Cast): Promise<void> => {
  await ada.posts(
    'Ada imports the people and the service account',
    '/v1/catalog/import',
    {
      people,
      serviceAccounts: [{ name: 'Shop pipeline', accounts: ['sub:shop-pipeline'] }],
    },
    { records: Array.from({ length: people.length + 1 }, () => ({ outcome: 'added' })) },
  );
  await ada.posts(
    'Ada registers the team web',
    '/v1/teams',
    { name: 'web', title: 'Web shop', members: [{ person: 'dana@shop.example', part: 'lead' }] },
    { number: 'TEAM-1', members: [{ part: 'lead' }] },
  );
  await ada.posts(
    'Ada registers the team money',
    '/v1/teams',
    { name: 'money', title: 'Payments' },
    { number: 'TEAM-2' },
  );
  for (const [name, ownerTeam, dependencies] of [
    ['cart', 'web', []],
    ['payment', 'money', []],
    ['checkout', 'web', ['cart', 'payment']],
  ] as const)
    await ada.posts(
      `Ada registers the service ${name}, which needs ${dependencies.join(' and ') || 'no other'}`,
      '/v1/services',
      {
        name,
        title: `The ${name}`,
        ownerTeam,
        criticality: 'high',
        repositories: [`shop/${name}`],
        alertLabels: [{ service: name }],
        dependencies: dependencies.map(service => ({ service, kind: 'service' })),
      },
      { name, state: 'Registered', ownerTeam, dependencies: dependencies.map(() => ({ kind: 'service' })) },
    );
  await ada.isRefused('A name is taken once', 'already-registered', '/v1/services', {
    name: 'cart',
    title: 'Another cart',
    ownerTeam: 'web',
    criticality: 'low',
  });
  await ada.posts(
    'Ada makes them one application',
    '/v1/applications',
    { name: 'shop', title: 'The shop', ownerTeam: 'web', services: ['cart', 'payment', 'checkout'] },
    { number: 'APP-1', serviceIds: expect.any(Array) },
  );
  for (const [name, tier, region] of [
    ['test', 'test', 'eu-central-1'],
    ['staging', 'staging', 'eu-central-1'],
    ['production-eu', 'production', 'eu-central-1'],
    ['production-us', 'production', 'us-east-1'],
  ] as const)
    await ada.posts(
      `Ada registers the environment ${name}`,
      '/v1/environments',
      { name, title: name, tier, region, timeZone: tier === 'production' ? 'UTC' : 'Europe/Berlin' },
      { name, tier, openness: tier === 'production' ? 'only-in-windows' : 'always-open' },
    );
};

const PRODUCTION = ['production-eu', 'production-us'];

const grantRoles = async ({ ada, rita, dana }: Cast): Promise<void> => {
  await rita.isRefused('Nobody who was granted nothing drafts a release', 'not-permitted', '/v1/releases', {
    title: 'Too early',
    class: 'minor',
  });
  for (const [person, role, scope] of [
    ['rita@shop.example', 'release-manager', {}],
    ['quinn@shop.example', 'change-approver', { applications: ['shop'] }],
    ['omar@shop.example', 'change-approver', { teams: ['web', 'money'], environments: PRODUCTION }],
    ['otto@shop.example', 'change-approver', { services: ['cart'] }],
    ['dana@shop.example', 'viewer', { teams: ['web'] }],
    ['sub:shop-pipeline', 'deployer', { services: ['cart', 'payment', 'checkout'] }],
    ['nils@shop.example', 'deployer', { services: ['payment'], environments: ['production-eu'] }],
    ['nina@shop.example', 'incident-responder', {}],
    ['ivy@shop.example', 'incident-responder', { applications: ['shop'] }],
    ['audrey@shop.example', 'auditor', {}],
  ] as const)
    await ada.posts(
      `Ada makes ${person} ${role} for ${Object.values(scope).flat().join(', ') || 'everything'}`,
      '/v1/role-grants',
      { person, role, ...scope },
      { role },
    );
  await dana.isRefused('Dana looks, and does no more', 'not-permitted', '/v1/releases', {
    title: 'Mine',
    class: 'minor',
  });
};

const look = async ({ ada, rita, dana }: Cast): Promise<void> => {
  await rita.sees('Rita asks what fails with payment: checkout', '/v1/services/payment/blast-radius', {
    items: [{ name: 'checkout' }],
  });
  await dana.sees('Dana sees the services of her team', '/v1/services?team=web', {
    items: [{ name: 'cart' }, { name: 'checkout' }],
  });
  await ada.patches(
    'Ada labels the service checkout and says where it stands in the wiki',
    '/v1/services/checkout',
    { labels: ['tier-1'], externalRefs: [{ system: 'wiki', key: 'CHECKOUT' }] },
    { labels: ['tier-1'] },
  );
  await ada.posts(
    'Ada links its run book',
    '/v1/services/checkout/link-file',
    { name: 'Run book', url: 'https://storage.example/checkout.pdf', digest: digestOf('run book') },
    { files: [{ name: 'Run book' }] },
  );
  await rita.sees('It is found by its label', '/v1/services?label=tier-1', { items: [{ name: 'checkout' }] });
};
