import 'reflect-metadata';
import type { DecisionEvent, ReleaseEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Client } from '@slipway/service/testing';
import type { ClientBase } from 'pg';
import { evaluate } from '../domain/decision.ts';
import { Copies } from '../read/copies.query.ts';
import { keepCopies } from '../read/copies.projection.ts';
import { type Asking, decisionFacts } from './decision-facts.ts';
import { digest, type Fixture, startFixture, target } from './fixture.ts';

// A decision names the streams and versions that it was taken on: they alone must come to the same answer.

let fixture: Fixture;
let rita: Client;
let approvers: readonly Client[];
let deployer: string;

beforeAll(async () => {
  fixture = await startFixture();
  rita = await fixture.person('rita', ['release-manager']);
  approvers = [await fixture.person('ann', ['change-approver']), await fixture.person('bob', ['change-approver'])];
  await fixture.person('drew', ['deployer']);
  await fixture.person('dana', ['deployer'], { alsoKnownAs: ['github:dana'] });
  deployer = await fixture.pseudonym('drew@example.org');
});
afterAll(() => fixture.stop());

const later = { ...target, environmentId: 'environment-america', wave: 2 };

const ready = async (): Promise<string> => {
  const releaseId = await fixture.release({ targets: [target, later] });
  const { id, contentDigest } = await fixture.changeOf(rita, releaseId);
  for (const approver of approvers) await approver.post(`/v1/changes/${id}/approve`, { contentDigest }).expect(200);
  await fixture.slipway.append('release', releaseId, { type: 'ReleaseReady', data: {} });
  await fixture.slipway.caughtUp();
  return releaseId;
};

const decided = async (releaseId: string, at: typeof target) => {
  const { slipway } = fixture;
  const id = crypto.randomUUID();
  const facts = { kind: 'planned', target: at, production: true, digests: [digest('a')], deployer, releaseId };
  await slipway.append('deployment', id, { type: 'DeploymentRequested', data: facts });
  await slipway.caughtUp();
  const { body } = await rita.get('/v1/decisions').query({ deployment: id }).expect(200);
  const [taken] = await slipway.events(`decision-${body.items[0].id}`);
  return { id, taken: (taken as Recorded<DecisionEvent>).data };
};

/** The answer to the same question on these versions of these streams, and on nothing else. */
const anew = async (releaseId: string, taken: DecisionEvent['data']): Promise<ReturnType<typeof evaluate>> => {
  const { deploymentId, kind, target: at, digests, inputs, position, askedAt } = taken;
  const histories = await Promise.all(
    inputs.map(async ({ stream, version }) => (await fixture.slipway.events(stream)).slice(0, version)),
  );
  const asking: Asking = { deploymentId, kind, target: at, digests, deployer, releaseId };
  const source = fixture.slipway.host.running[0]?.service.dataSource;
  if (!source) throw new Error('change-approval does not run');
  return source.transaction(async manager => {
    await manager.query('CREATE TEMP TABLE copies_v1 (LIKE copies_v1 INCLUDING ALL) ON COMMIT DROP');
    const client = (await manager.queryRunner?.connect()) as ClientBase;
    await keepCopies(histories.flat() as unknown as Parameters<typeof keepCopies>[0], client);
    const numbers = async () => new Map<string, string>();
    return evaluate(await decisionFacts(new Copies(manager, position), numbers, asking, 'complete', askedAt));
  });
};

const stateOf = ({ rules }: DecisionEvent['data'], of: string) => rules.find(({ rule }) => rule === of)?.outcome;

test('an allow, a wave that is too early, and a need that is not met come out the same', async () => {
  const [needed, releaseId] = [await ready(), await ready()];
  const need = { releaseId: needed, state: 'Deploying' } satisfies Partial<
    Extract<ReleaseEvent, { type: 'ReleaseDependencyStated' }>['data']
  >;
  const early = await decided(releaseId, later);
  const allowed = await decided(releaseId, target);
  await fixture.slipway.append(
    'deployment',
    allowed.id,
    { type: 'DeploymentStarted', data: {} },
    { type: 'DeploymentSucceeded', data: {} },
  );
  await fixture.slipway.append('release', releaseId, { type: 'ReleaseDependencyStated', data: need });
  const needing = await decided(releaseId, later);
  expect([early, allowed, needing].map(({ taken }) => taken.verdict)).toEqual(['deny', 'allow', 'deny']);
  expect(stateOf(early.taken, 'wave-order-met')).toBe('non-compliant');
  expect(stateOf(needing.taken, 'wave-order-met')).toBe('compliant');
  expect(stateOf(needing.taken, 'release-dependencies-met')).toBe('non-compliant');
  for (const { taken } of [early, allowed, needing]) expect(taken).toMatchObject(await anew(releaseId, taken));
});
