import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Actor, type Reply, type Stage, Teller } from './teller.ts';

/*
 * Two services, one depending on the other; two releases. The first goes well, the second breaks something and is undone.
 *
 * What tools tell carries the instant at which it happened, in minutes after T0:
 *
 *   -26 h  commit of product catalog 1.9      0  release 1 starts        15  release 2 starts (GitHub)
 *   -20 h  commit of checkout 2.3             4  takes traffic           20  has succeeded (GitHub)
 *    -3 h  commit of checkout 2.4             6  verified                22  the alert fires
 *    -2 h  commit of checkout 2.4.1                                      32  the rollback is verified; mitigated   35  resolved
 *
 * The report, worked out by hand (definitions: services/metrics/src/definitions):
 *
 *   deployment frequency           product catalog 1, checkout 2, both together 2 (one change of two services counts once)
 *   change fail rate               product catalog 0 of 1, checkout 1 of 2 = 0.5, together 1 of 2 = 0.5
 *   lead time of the four commits  26 h 6 min, 20 h 6 min, 3 h 20 min, 2 h 20 min: median (20 h 6 min + 3 h 20 min) / 2 = 11 h 43 min
 *   time to restore                22 to 32 = 10 min
 *   failed deployment recovery     from the start of impact 22 to 32 = 10 min; from the finish of the deployment 20 to 32 = 12 min
 */
export const byHand = {
  rollouts: { together: 2, productcatalogservice: 1, checkoutservice: 2 },
  changeFailRate: { together: 0.5, productcatalogservice: 0, checkoutservice: 0.5 },
  medianLeadTimeMinutes: 11 * 60 + 43,
  timeToRestoreMinutes: 10,
  recoveryFromImpactMinutes: 10,
  recoveryFromFinishMinutes: 12,
} as const;

export type Told = Readonly<{
  trail: Reply['body'];
  reports: Readonly<Record<keyof typeof byHand.rollouts, Reply['body']>>;
}>;

const MINUTE = 60_000;
const HOUR = 60;

const fileOf = (name: string): string => readFileSync(new URL(`../../story/${name}`, import.meta.url), 'utf8');
const digestOf = (content: string): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;
const commitOf = (content: string): string => createHash('sha1').update(content).digest('hex');

export const tell = async (stage: Stage): Promise<Told> => {
  const teller = new Teller(stage);
  const start = Math.floor(Date.now() / MINUTE) * MINUTE - 40 * MINUTE;
  const at = (minutes: number): string => new Date(start + minutes * MINUTE).toISOString();
  const cast = await castOf(teller);

  teller.chapter('The catalog: two services, an environment, and who may do what');
  await cast.ada.does('Ada imports catalog.yaml', '/v1/catalog/import', parse(fileOf('catalog.yaml')) as object);

  const first = await release1(teller, cast, at);
  const second = await release2(teller, cast, at);
  const deployment = await deployWithGitHub(teller, cast, at, second);
  await breakAndMend(teller, cast, at, deployment);
  await close(teller, cast, first, second);

  teller.chapter('What is left is to look');
  const trail = await teller.until(
    'The trail is whole',
    () => cast.audrey.reads(`/v1/audit/trail/${second['number']}?pageSize=200`),
    ({ items }) => items?.some(({ type }: { type: string }) => type === 'ChangeClosed'),
  );
  const period = `from=${at(-2 * 24 * HOUR)}&to=${at(40)}`;
  const report = (service?: string) =>
    cast.audrey.reads(`/v1/reports/delivery?environment=production&${period}${service ? `&service=${service}` : ''}`);
  return {
    trail,
    reports: {
      together: await report(),
      productcatalogservice: await report('productcatalogservice'),
      checkoutservice: await report('checkoutservice'),
    },
  };
};

type Cast = Readonly<Record<'ada' | 'rita' | 'quinn' | 'omar' | 'ci' | 'ivy' | 'audrey', Actor>>;
type At = (minutes: number) => string;
type Release = Reply['body'];

const castOf = async (teller: Teller): Promise<Cast> => ({
  ada: await teller.as('ada@boutique.example', 'administrator'),
  rita: await teller.as('rita@boutique.example', 'release-manager'),
  quinn: await teller.as('quinn@boutique.example', 'change-approver'),
  omar: await teller.as('omar@boutique.example', 'change-approver'),
  ci: await teller.as('boutique-ci', 'deployer', 'integration'),
  ivy: await teller.as('ivy@boutique.example', 'incident-responder'),
  audrey: await teller.as('audrey@boutique.example', 'auditor'),
});

const artifact = (service: string, version: string, committedAt: readonly string[]) => ({
  service,
  version,
  purl: `pkg:oci/${service}@${version}`,
  digest: digestOf(`${service} ${version}`),
  repository: `online-boutique/${service}`,
  commits: committedAt.map((instant, index) => ({
    sha: commitOf(`${service} ${version} ${index}`),
    author: 'dana@boutique.example',
    committedAt: instant,
  })),
});

const window = () => ({
  start: new Date(Date.now() - 2 * HOUR * MINUTE).toISOString(),
  end: new Date(Date.now() + 6 * HOUR * MINUTE).toISOString(),
});

const release1 = async (teller: Teller, cast: Cast, at: At): Promise<Release> => {
  const { rita, ci } = cast;
  teller.chapter('Release 1: planned, approved by two people, deployed, verified');
  const release = await rita.does('Rita drafts "Autumn basket"', '/v1/releases', {
    title: 'Autumn basket',
    class: 'minor',
  });
  const path = `/v1/releases/${release['number']}`;
  const contents = [
    artifact('productcatalogservice', '1.9.0', [at(-26 * HOUR)]),
    artifact('checkoutservice', '2.3.0', [at(-20 * HOUR)]),
  ];
  for (const each of contents)
    await rita.does(`Rita attaches ${each.service} ${each.version}`, `${path}/attach-artifact`, each);
  await plan(rita, path, ['productcatalogservice', 'checkoutservice']);
  await approved(teller, cast, release);
  for (const { service } of contents) await deployByHand(teller, ci, at, release, service);
  await teller.until(`${release['number']} is in early life support`, () => rita.reads(path), isIn('EarlyLifeSupport'));
  return release;
};

const plan = async (rita: Actor, path: string, services: readonly string[]): Promise<void> => {
  await rita.does('Rita adds what it is for', `${path}/add-scope-item`, {
    key: `SHOP-${services.length}`,
    kind: 'feature',
    title: 'A basket that remembers',
  });
  await rita.does('Rita registers how to go back', `${path}/register-rollback-plan`, {
    steps: 'Deploy what was live before.',
    backoutMinutes: 10,
  });
  const targets = services.map(service => ({ service, environment: 'production', wave: 1 }));
  await rita.does('Rita schedules it into a window', `${path}/schedule`, { window: window(), targets });
};

const isIn =
  (state: string) =>
  (body: Reply['body']): boolean =>
    body['state'] === state;

/** Two people approve the content that they see; then the release manager says go. */
const approved = async (teller: Teller, cast: Cast, release: Release): Promise<Reply['body']> => {
  const { rita } = cast;
  const change = await changeOf(teller, cast, release, 'Authorize');
  await approve('Quinn', cast.quinn, change);
  await approve('Omar', cast.omar, change);
  const path = `/v1/releases/${release['number']}`;
  await teller.until(`${release['number']} is authorized`, () => rita.reads(path), isIn('Authorized'));
  await rita.does(`Rita says go for ${release['number']}`, `${path}/go`);
  return change;
};

const changeOf = (teller: Teller, { rita }: Cast, release: Release, state: string): Promise<Reply['body']> =>
  teller
    .until(
      `A change of ${release['number']} waits for approval`,
      () => rita.reads(`/v1/changes?release=${release['number']}&state=${state}`),
      ({ items }) => items?.length === 1,
    )
    .then(({ items }) => rita.reads(`/v1/changes/${items[0].number}`));

const approve = (name: string, approver: Actor, change: Reply['body']): Promise<Reply['body']> =>
  approver.does(`${name} approves ${change['number']}`, `/v1/changes/${change['number']}/approve`, {
    contentDigest: change['contentDigest'],
    comment: 'Read and understood.',
  });

/** A tool that deploys asks first, then reports each step with the instant at which it happened. */
const deployByHand = async (teller: Teller, ci: Actor, at: At, release: Release, service: string): Promise<void> => {
  const request = { service, environment: 'production', release: release['number'] };
  const deployment = await ci.does(`The pipeline asks to deploy ${service}`, '/v1/deployments', request);
  const path = `/v1/deployments/${deployment['number']}`;
  await allowed(teller, ci, path);
  await ci.does('It starts', `${path}/start`, { occurredAt: at(0) });
  await ci.does('A step starts', `${path}/steps/roll-out/start`, { occurredAt: at(1) });
  await ci.does('The step succeeds', `${path}/steps/roll-out/succeed`, { occurredAt: at(3) });
  await ci.does('It takes traffic', `${path}/took-traffic`, { percent: 100, occurredAt: at(4) });
  await ci.does('It is rolled out', `${path}/finish`, { occurredAt: at(5) });
  await ci.does('It is verified', `${path}/verify`, { outcome: 'passed', checks: ['smoke'], occurredAt: at(6) });
};

const allowed = (teller: Teller, ci: Actor, path: string): Promise<Reply['body']> =>
  teller.until(
    'The decision: allow',
    () => ci.reads(path),
    ({ decision }) => decision?.verdict === 'allow',
  );

const release2 = async (teller: Teller, cast: Cast, at: At): Promise<Release> => {
  const { rita, quinn, omar, ci } = cast;
  teller.chapter('Release 2: approved, then changed, so approved again');
  const release = await rita.does('Rita drafts "Express checkout"', '/v1/releases', {
    title: 'Express checkout',
    class: 'minor',
  });
  const path = `/v1/releases/${release['number']}`;
  const before = artifact('checkoutservice', '2.4.0', [at(-3 * HOUR)]);
  await rita.does('Rita attaches checkoutservice 2.4.0', `${path}/attach-artifact`, before);
  await plan(rita, path, ['checkoutservice']);
  const change = await approved(teller, cast, release);

  await rita.does('The artifact changes: 2.4.0 goes', `${path}/detach-artifact`, { service: 'checkoutservice' });
  await teller.until(
    'The change follows: what was approved is gone',
    () => rita.reads(`/v1/changes/${change['number']}`),
    ({ content }) => content?.artifacts?.length === 0,
  );
  const after = artifact('checkoutservice', '2.4.1', [at(-3 * HOUR), at(-2 * HOUR)]);
  await rita.does('and 2.4.1 comes', `${path}/attach-artifact`, after);
  const asked = {
    service: 'checkoutservice',
    environment: 'production',
    release: release['number'],
    digests: [after.digest],
  };
  await teller.until(
    'A decision now is denied: the content is not the approved one',
    () => ci.does('The pipeline asks what if', '/v1/decisions/preview', asked),
    ({ verdict, rules }) =>
      verdict === 'deny' && rules.some((each: { outcome: string }) => each.outcome === 'non-compliant'),
  );
  const revised = await teller.until(
    'The approvals are void, and asked for again',
    () => rita.reads(`/v1/changes/${change['number']}`),
    body =>
      body['contentDigest'] !== change['contentDigest'] && body['state'] === 'Authorize' && hasAll(body, after.digest),
  );
  await quinn.isRefused(
    'Quinn approves what he saw before',
    'content-changed',
    `/v1/changes/${change['number']}/approve`,
    {
      contentDigest: change['contentDigest'],
    },
  );
  await approve('Quinn', quinn, revised);
  await approve('Omar', omar, revised);
  await teller.until(`${release['number']} is authorized again`, () => rita.reads(path), isIn('Authorized'));
  await rita.does(`Rita says go for ${release['number']}`, `${path}/go`);
  return release;
};

const hasAll = ({ content }: Reply['body'], digest: string): boolean =>
  content?.artifacts?.some((each: { digest: string }) => each.digest === digest) ?? false;

/** GitHub deploys by itself and tells by webhook. */
const deployWithGitHub = async (teller: Teller, { rita }: Cast, at: At, release: Release): Promise<Reply['body']> => {
  teller.chapter('Release 2 is deployed by GitHub, which tells by webhook');
  const commit = artifact('checkoutservice', '2.4.1', [at(0), at(0)]).commits[1]?.sha ?? '';
  const known = (what: string, state: string) =>
    teller.until(
      what,
      () => rita.reads(`/v1/deployments?release=${release['number']}&state=${state}`),
      body => body['items']?.length === 1,
    );
  await teller.github('GitHub: a deployment is created', 'deployment', githubDeployment(commit, at(15)));
  await known('Slipway knows it as a deployment of release 2', 'Queued');
  await teller.github('GitHub: it is in progress', 'deployment_status', githubStatus(commit, 'in_progress', at(15)));
  await known('It runs', 'Running');
  await teller.github('GitHub: it has succeeded', 'deployment_status', githubStatus(commit, 'success', at(20)));
  const { items } = await known('It is live', 'Succeeded');
  return items[0];
};

const sender = { login: 'boutique-ci[bot]', type: 'Bot' };

const githubDeployment = (sha: string, instant: string): object => {
  const payload = JSON.parse(fileOf('github-deployment.json')) as Record<string, Record<string, unknown>>;
  const { deployment, repository, sender: by } = payload;
  return {
    ...payload,
    deployment: {
      ...deployment,
      id: 145988746,
      sha,
      environment: 'prod',
      creator: { ...by, ...sender },
      created_at: instant,
      updated_at: instant,
    },
    repository: {
      ...repository,
      full_name: 'online-boutique/checkoutservice',
      name: 'checkoutservice',
      html_url: 'https://github.com/online-boutique/checkoutservice',
    },
    sender: { ...by, ...sender },
  };
};

const githubStatus = (sha: string, state: string, instant: string): object => {
  const payload = JSON.parse(fileOf('github-deployment-status.json')) as Record<string, Record<string, unknown>>;
  const { deployment_status: status, sender: by } = payload;
  return {
    ...githubDeployment(sha, instant),
    action: 'created',
    deployment_status: {
      ...status,
      state,
      environment: 'prod',
      creator: { ...by, ...sender },
      created_at: instant,
      updated_at: instant,
    },
  };
};

const breakAndMend = async (teller: Teller, { ivy, ci, rita }: Cast, at: At, broken: Reply['body']): Promise<void> => {
  teller.chapter('Something breaks, and is mended');
  await teller.alertmanager('Alertmanager: checkout fails', alertFiring(at(22)));
  const { items } = await teller.until(
    'An incident is open, with candidates',
    () => ivy.reads('/v1/incidents?service=checkoutservice'),
    body => body['items']?.length === 1,
  );
  const path = `/v1/incidents/${items[0].number}`;
  await teller.until(
    'The candidates are scored',
    () => ivy.reads(path),
    ({ candidates }) => candidates?.length > 0,
  );
  await ivy.does('Ivy acknowledges', `${path}/acknowledge`, { occurredAt: at(24) });
  await ivy.does(`Ivy confirms ${broken['number']} as the cause`, `${path}/confirm-cause`, {
    kind: 'deployment',
    deployment: broken['number'],
    primary: true,
  });
  const rollback = await ci.does(
    `The pipeline rolls ${broken['number']} back`,
    `/v1/deployments/${broken['number']}/roll-back`,
    {
      reason: 'Checkout fails for every fourth customer.',
      cause: 'fault',
    },
  );
  await runRollback(teller, ci, at, rollback);
  await teller.until(
    `${broken['number']} is rolled back`,
    () => rita.reads(`/v1/deployments/${broken['number']}`),
    isIn('RolledBack'),
  );
  await ivy.does('Ivy: service is restored', `${path}/mitigate`, {
    deployment: rollback['number'],
    occurredAt: at(32),
  });
  await ivy.does('Ivy resolves the incident', `${path}/resolve`, { note: 'Back on 2.3.0.', occurredAt: at(35) });
};

const runRollback = async (teller: Teller, ci: Actor, at: At, rollback: Reply['body']): Promise<void> => {
  const path = `/v1/deployments/${rollback['number']}`;
  await allowed(teller, ci, path);
  await ci.does('It starts', `${path}/start`, { occurredAt: at(28) });
  await ci.does('It takes traffic', `${path}/took-traffic`, { percent: 100, occurredAt: at(30) });
  await ci.does('It is rolled out', `${path}/finish`, { occurredAt: at(31) });
  await ci.does('It is verified', `${path}/verify`, { outcome: 'passed', checks: ['smoke'], occurredAt: at(32) });
};

const alertFiring = (startsAt: string): object => {
  const payload = JSON.parse(fileOf('alertmanager-firing.json')) as { alerts: { labels: object }[] };
  const alerts = payload.alerts.map(alert => ({
    ...alert,
    startsAt,
    labels: { ...alert.labels, environment: 'production' },
  }));
  return { ...payload, alerts };
};

const close = async (teller: Teller, { rita }: Cast, first: Release, second: Release): Promise<void> => {
  teller.chapter('Reviewed and closed');
  for (const [release, closeCode] of [
    [first, 'successful'],
    [second, 'unsuccessful'],
  ] as const) {
    const { items } = await teller.until(
      `The change of ${release['number']} is in review`,
      () => rita.reads(`/v1/changes?release=${release['number']}&state=Review`),
      body => body['items']?.length === 1,
    );
    const path = `/v1/changes/${items[0].number}`;
    await rita.does(`Rita reviews it: ${closeCode}`, `${path}/review`, { closeCode });
    await rita.does('and closes it', `${path}/close`);
  }
};
