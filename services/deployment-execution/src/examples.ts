import type { DecisionEvent, DeploymentEvent } from '@slipway/contracts';
import type { TestService } from '@slipway/service/testing';

// What other services say, for the tests with the real thing.

export const SERVICE = '00000000-0000-8000-8000-00000000000a';
export const PRODUCTION = '00000000-0000-8000-8000-00000000000b';
export const STAGING = '00000000-0000-8000-8000-00000000000c';
export const AUTHOR = 'person-00000000-0000-4000-8000-00000000000d';
export const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const target = { serviceId: SERVICE, environmentId: PRODUCTION, wave: 1 };

export const catalog = async (slipway: TestService, repository: string): Promise<void> => {
  const service = {
    name: 'checkout',
    title: 'Checkout',
    ownerTeam: 'shop',
    criticality: 'high',
    repositories: [repository],
  };
  await slipway.append('service', SERVICE, {
    type: 'ServiceRegistered',
    data: { ...service, alertLabels: [], aliases: [], dependencies: [] },
  });
  const environment = { title: 'Here', region: 'eu', timeZone: 'Europe/Berlin', openness: 'always-open' };
  await slipway.append('environment', PRODUCTION, {
    type: 'EnvironmentRegistered',
    data: { ...environment, name: 'production-eu', tier: 'production', aliases: ['production'] },
  });
  await slipway.append('environment', STAGING, {
    type: 'EnvironmentRegistered',
    data: { ...environment, name: 'staging', tier: 'staging', aliases: [] },
  });
};

/** A release with one artifact, and the change that was raised for it. */
export const release = async (
  slipway: TestService,
  number: 1 | 2,
  repository: string,
  commit: string,
): Promise<{ id: string; changeId: string }> => {
  const id = `00000000-0000-8000-8000-00000000010${number}`;
  const changeId = `00000000-0000-8000-8000-00000000020${number}`;
  const content = digest(String(number));
  const window = { start: '2026-03-02T10:00:00Z', end: '2026-03-02T12:00:00Z' };
  await slipway.append(
    'release',
    id,
    { type: 'ReleaseDrafted', data: { title: 'Checkout', class: 'minor', owner: AUTHOR, changeModel: 'normal' } },
    {
      type: 'ArtifactAttached',
      data: {
        artifact: {
          serviceId: SERVICE,
          version: `2.${number}.0`,
          purl: `pkg:oci/checkout@2.${number}.0`,
          digest: content,
          repository,
          commits: [{ sha: commit, author: AUTHOR, committedAt: '2026-03-01T10:00:00Z' }],
        },
      },
    },
    { type: 'ReleaseScheduled', data: { window, targets: [{ ...target, wave: 2 }] } },
  );
  const raised = {
    title: 'Checkout',
    model: 'normal',
    requester: AUTHOR,
    releaseIds: [id],
    serviceIds: [SERVICE],
    content: { scope: [], artifacts: [], targets: [] },
  };
  await slipway.append('change', changeId, {
    type: 'ChangeRaised',
    data: { ...raised, contentDigest: digest('f'), window, commitAuthors: [AUTHOR], builders: [] },
  });
  return { id, changeId };
};

type Taken = DecisionEvent['data'];
let decisions = 0;

/** Change-approval's answer to what a deployment asks. */
export const decide = async (
  slipway: TestService,
  deploymentId: string,
  verdict: 'allow' | 'deny',
  other: Partial<Taken> = {},
): Promise<void> => {
  const events = (await slipway.events(`deployment-${deploymentId}`)) as readonly DeploymentEvent[];
  const asked = events.find(({ type }) => type === 'DeploymentRequested') as Extract<
    DeploymentEvent,
    { type: 'DeploymentRequested' }
  >;
  const { kind, digests, deployer } = asked.data;
  const rule = {
    rule: 'change-authorized',
    ruleVersion: '1',
    outcome: verdict === 'allow' ? 'compliant' : 'non-compliant',
    reason: 'CHG-1 is in Assess',
  };
  decisions += 1;
  await slipway.append('decision', `00000000-0000-8000-8000-${String(decisions).padStart(12, '0')}`, {
    type: 'DecisionTaken',
    data: {
      verdict,
      deploymentId,
      kind,
      digests,
      target: asked.data.target,
      deployer,
      rules: [rule],
      roleGrantIds: [],
      askedAt: new Date().toISOString(),
      ...(verdict === 'allow' && { validUntil: new Date(Date.now() + 60_000).toISOString() }),
      inputs: [],
      position: 1,
      evaluatorVersion: '1',
      timeZoneDataVersion: '2026a',
      ...other,
    },
  });
  await slipway.caughtUp();
};
