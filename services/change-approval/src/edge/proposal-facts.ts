import { digestOf } from '@slipway/canonical';
import { contentOf, type Target } from '@slipway/contracts';
import { fold } from '@slipway/event-sourcing';
import type { Check } from '@slipway/event-store';
import type { Sources } from '@slipway/service';
import { type ApprovalPolicy, approvalPolicy } from '../domain/approval-policy.ts';
import type { Proposal } from '../domain/change-state.ts';
import type { RiskFacts } from '../domain/risk.ts';
import type { Copies } from '../read/copies.query.ts';
import { type ReleaseCopy, releaseCopy } from '../read/release.copy.ts';

export const POLICY_STREAM = 'approvalPolicy-approval';

/** The policy in force, and the check that it still is when the command is appended. */
export const policyInForce = async ({ store }: Sources): Promise<{ policy: ApprovalPolicy; check: Check }> => {
  const { events, version } = await store.read<Parameters<typeof approvalPolicy.evolve>[1]>(POLICY_STREAM);
  return { policy: fold(approvalPolicy, events), check: { stream: POLICY_STREAM, expect: version || 'no-stream' } };
};

/** A release as it is now, from its stream. */
export const releaseNow = async (
  { store }: Sources,
  releaseId: string,
): Promise<{ release: ReleaseCopy | undefined; check: Check }> => {
  const stream = `release-${releaseId}`;
  const { events, version } = await store.read<Parameters<typeof releaseCopy>[1]>(stream);
  const release = events.reduce<ReleaseCopy | undefined>(releaseCopy, undefined);
  return { release, check: { stream, expect: version || 'no-stream' } };
};

/** What a scheduled release proposes; undefined before it has a window. */
export const proposalOf = ({ parts, window }: ReleaseCopy): Proposal | undefined => {
  if (!window) return undefined;
  const content = contentOf(parts);
  const { artifacts, rollbackPlan } = parts;
  return {
    content,
    contentDigest: digestOf(content),
    window,
    commitAuthors: distinct(artifacts.flatMap(({ commits }) => commits.map(({ author }) => author))),
    builders: distinct(artifacts.flatMap(({ builtBy }) => (builtBy ? [builtBy] : []))),
    ...(rollbackPlan && { backoutMinutes: rollbackPlan.backoutMinutes }),
  };
};

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

export const riskFacts = async (
  copies: Copies,
  { content, backoutMinutes }: Proposal,
  commits: number,
): Promise<RiskFacts> => {
  const serviceIds = distinct(content.targets.map(({ serviceId }) => serviceId));
  const services = await copies.many('service', serviceIds);
  const dependents = await copies.dependents(serviceIds);
  return {
    criticalities: serviceIds.map(
      id => services.find(({ stream }) => stream === `service-${id}`)?.state.criticality ?? 'unknown',
    ),
    dependents: dependents.filter(({ stream }) => !serviceIds.some(id => stream === `service-${id}`)).length,
    productionTargets: await productionTargets(copies, content.targets),
    commits,
    ...(backoutMinutes !== undefined && { backoutMinutes }),
  };
};

// An environment that the catalog does not know counts as production.
const productionTargets = async (copies: Copies, targets: readonly Target[]): Promise<number> => {
  const environments = await copies.many('environment', distinct(targets.map(({ environmentId }) => environmentId)));
  const others = environments.filter(({ state }) => state.tier !== 'production').map(({ stream }) => stream);
  return targets.filter(({ environmentId }) => !others.includes(`environment-${environmentId}`)).length;
};

export const commitsIn = ({ parts }: ReleaseCopy): number =>
  parts.artifacts.reduce((sum, { commits }) => sum + commits.length, 0);
