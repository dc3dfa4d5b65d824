import { type Cast, digestOf, people } from './cast.ts';

/** Three services of one application, four environments, and who may do what where. */
export const fillTheCatalog = async (cast: Cast): Promise<void> => {
  await register(cast);
  await grantRoles(cast);
  await look(cast);
};

/** All of it as one document. */
export const catalog = {
  people,
  serviceAccounts: [{ name: 'Shop pipeline', accounts: ['sub:shop-pipeline'] }],
  teams: [
    { name: 'web', title: 'Web shop', members: [{ person: 'dana@shop.example', part: 'lead' }] },
    { name: 'money', title: 'Payments' },
  ],
  services: (
    [
      ['cart', 'web', []],
      ['payment', 'money', []],
      ['checkout', 'web', ['cart', 'payment']],
    ] as const
  ).map(([name, ownerTeam, dependencies]) => ({
    name,
    title: `The ${name}`,
    ownerTeam,
    criticality: 'high',
    repositories: [`shop/${name}`],
    alertLabels: [{ service: name }],
    dependencies: dependencies.map(service => ({ service, kind: 'service' })),
  })),
  applications: [{ name: 'shop', title: 'The shop', ownerTeam: 'web', services: ['cart', 'payment', 'checkout'] }],
  environments: (
    [
      ['test', 'test', 'eu-central-1'],
      ['staging', 'staging', 'eu-central-1'],
      ['production-eu', 'production', 'eu-central-1'],
      ['production-us', 'production', 'us-east-1'],
    ] as const
  ).map(([name, tier, region]) => ({
    name,
    title: name,
    tier,
    region,
    timeZone: tier === 'production' ? 'UTC' : 'Europe/Berlin',
  })),
};

const register = async ({ ada }: Cast): Promise<void> => {
  const { serviceAccounts, teams, services, applications, environments } = catalog;
  await ada.posts(
    'Ada imports the people and the service account',
    '/v1/catalog/import',
    { people, serviceAccounts },
    { records: Array.from({ length: people.length + 1 }, () => ({ outcome: 'added' })) },
  );
  for (const [at, team] of teams.entries())
    await ada.posts(`Ada registers the team ${team.name}`, '/v1/teams', team, { number: `TEAM-${at + 1}` });
  for (const service of services) {
    const { name, ownerTeam, dependencies } = service;
    await ada.posts(
      `Ada registers the service ${name}, which needs ${dependencies.length} others`,
      '/v1/services',
      service,
      { name, state: 'Registered', ownerTeam, dependencies: dependencies.map(() => ({ kind: 'service' })) },
    );
  }
  const another = { name: 'cart', title: 'Another cart', ownerTeam: 'web', criticality: 'low' };
  await ada.isRefused('A name is taken once', 'already-registered', '/v1/services', another);
  for (const application of applications)
    await ada.posts('Ada makes them one application', '/v1/applications', application, {
      number: 'APP-1',
      serviceIds: expect.any(Array),
    });
  for (const environment of environments) {
    const { name, tier } = environment;
    const openness = tier === 'production' ? 'only-in-windows' : 'always-open';
    await ada.posts(`Ada registers the environment ${name}`, '/v1/environments', environment, { name, tier, openness });
  }
};

const PRODUCTION = ['production-eu', 'production-us'];

export const roleGrants = [
  { person: 'rita@shop.example', role: 'release-manager' },
  { person: 'quinn@shop.example', role: 'change-approver', applications: ['shop'] },
  { person: 'omar@shop.example', role: 'change-approver', teams: ['web', 'money'], environments: PRODUCTION },
  { person: 'otto@shop.example', role: 'change-approver', services: ['cart'] },
  { person: 'dana@shop.example', role: 'viewer', teams: ['web'] },
  { person: 'sub:shop-pipeline', role: 'deployer', services: ['cart', 'payment', 'checkout'] },
  { person: 'nils@shop.example', role: 'deployer', services: ['payment'], environments: ['production-eu'] },
  { person: 'nina@shop.example', role: 'incident-responder' },
  { person: 'ivy@shop.example', role: 'incident-responder', applications: ['shop'] },
  { person: 'audrey@shop.example', role: 'auditor' },
];

const grantRoles = async ({ ada, rita, dana }: Cast): Promise<void> => {
  await rita.isRefused('Nobody who was granted nothing drafts a release', 'not-permitted', '/v1/releases', {
    title: 'Too early',
    class: 'minor',
  });
  for (const { person, role, ...scope } of roleGrants)
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

export const look = async ({ ada, rita, dana }: Cast): Promise<void> => {
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
