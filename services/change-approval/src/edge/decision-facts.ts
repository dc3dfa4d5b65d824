import { idOf } from '@slipway/event-sourcing';
import { derivedId } from '@slipway/canonical';
import { isProduction } from '@slipway/contracts';
import type { ChangeFacts, Facts, Question, ReleaseFacts, TargetFacts } from '../domain/facts.ts';
import type { ChangeView } from '../read/change.view.ts';
import type { Copies, Copy } from '../read/copies.query.ts';
import type { ReleaseCopy } from '../read/release.copy.ts';
import { needsOf, type NumbersOf, progressOf } from './order-facts.ts';
import { personFacts, roleGrantFact } from './people-facts.ts';
import type { ViewState } from './view.ts';

/** The question, with what it says about where to look. */
export type Asking = Question & Readonly<{ changeId?: string; releaseId?: string }>;

/** All that the rules look at, of one moment. */
export const decisionFacts = async (
  copies: Copies,
  numbersOf: NumbersOf,
  asking: Asking,
  view: ViewState,
  at: string,
): Promise<Facts> => {
  const { changeId: _, releaseId: __, ...question } = asking;
  const change = await changeFor(copies, asking);
  const releases = change && (await copies.many('release', change.state.releaseIds));
  const environment = await copies.one('environment', question.target.environmentId);
  return {
    question,
    at,
    view,
    production: environment && isProduction(environment.state.tier),
    change: change && (await changeFacts(copies, change)),
    releases: releases && (await Promise.all(releases.map(each => releaseFacts(copies, numbersOf, each)))),
    progress: change && (await progressOf(copies, change)),
    target: await targetFacts(copies, question),
    deployer: await personFacts(copies, question.deployer),
    authors: await authorsOf(copies, question, change),
    position: copies.position,
    inputs: copies.inputs,
    timeZoneDataVersion: process.versions.tz ?? 'unknown',
  };
};

const DONE: readonly string[] = ['Closed', 'Canceled'];
const AUTHORIZED: readonly string[] = ['Scheduled', 'Implement'];

/** The change it names; else that of its release, of what it undoes, or of its artifacts: an authorized one first. */
const changeFor = async (copies: Copies, asking: Asking): Promise<Copy<ChangeView> | undefined> => {
  if (asking.changeId) return copies.one('change', asking.changeId);
  const found = await candidates(copies, asking);
  const fitting = found.filter(({ state }) => !DONE.includes(state.state) && goesTo(state, asking));
  const inReach = asking.kind === 'rollback' ? found : fitting;
  return inReach.find(({ state }) => AUTHORIZED.includes(state.state)) ?? inReach.at(-1);
};

const candidates = async (
  copies: Copies,
  { releaseId, undoes, digests, kind }: Asking,
): Promise<readonly Copy<ChangeView>[]> => {
  if (kind === 'rollback') return undoes ? changesOfDeployment(copies, undoes) : [];
  if (releaseId) return copies.changesOfRelease(releaseId);
  const [digest] = digests;
  return digest ? copies.changesWithArtifact(digest) : [];
};

const changesOfDeployment = async (copies: Copies, deploymentId: string): Promise<readonly Copy<ChangeView>[]> => {
  const attempted = await copies.changesWithAttempt(deploymentId);
  if (attempted.length > 0) return attempted;
  const deployment = await copies.one('deployment', deploymentId);
  if (deployment?.state.changeId) return copies.many('change', [deployment.state.changeId]);
  return deployment?.state.releaseId ? copies.changesOfRelease(deployment.state.releaseId) : [];
};

const goesTo = ({ content }: ChangeView, { target }: Question): boolean =>
  content.targets.some(each => each.serviceId === target.serviceId && each.environmentId === target.environmentId);

const changeFacts = async (copies: Copies, { stream, state }: Copy<ChangeView>): Promise<ChangeFacts> => {
  const approved = state.approvals.filter(approval => approval.state === 'Approved');
  const given = await copies.many(
    'roleGrant',
    approved.map(({ roleGrantId }) => roleGrantId),
  );
  const grants = await Promise.all(given.map(grant => roleGrantFact(copies, grant)));
  return {
    id: idOf(stream),
    status: state.state.toLowerCase(),
    onHold: state.onHold,
    envelope: state.envelope ?? null,
    contentDigest: state.contentDigest,
    window: state.window,
    plannedMinutes: plannedMinutes(state),
    backoutMinutes: state.backoutMinutes ?? null,
    artifacts: state.content.artifacts,
    releaseIds: state.releaseIds,
    approvers: approved.map(({ approver }) => approver),
    approvals: approved.map(({ roleGrantId }) => ({
      roleGrantId,
      roleGrant: grants.find(({ id }) => id === roleGrantId) ?? null,
    })),
  };
};

/** Of the implementation plan that is part of what was approved. */
const plannedMinutes = ({ plans, content, implementationPlan }: ChangeView): number | null => {
  const planned = content.deploymentPlan ?? implementationPlan;
  return plans.find(({ kind, digest }) => kind === 'implementation' && digest === planned)?.minutes ?? null;
};

const releaseFacts = async (
  copies: Copies,
  numbersOf: NumbersOf,
  { stream, state }: Copy<ReleaseCopy>,
): Promise<ReleaseFacts> => ({
  id: idOf(stream),
  contentDigest: state.contentDigest,
  held: state.held,
  go: state.go,
  needs: await needsOf(copies, numbersOf, state),
});

const targetFacts = async (copies: Copies, { target, undoes }: Question): Promise<TargetFacts> => {
  const copy = await copies.one('target', derivedId('target', target.serviceId, target.environmentId));
  if (!copy) return { occupiedBy: null, live: null, liveBefore: undefined };
  const { occupiedBy, live, before } = copy.state;
  return { occupiedBy, live, liveBefore: before.find(({ deploymentId }) => deploymentId === undoes)?.live };
};

/** Commit authors of the artifacts; undefined when one of them is nowhere to be found. */
const authorsOf = async (
  copies: Copies,
  { kind, digests }: Question,
  change: Copy<ChangeView> | undefined,
): Promise<readonly string[] | undefined> => {
  const ofChange = kind === 'rollback' || kind === 'redeploy' ? undefined : change?.state;
  const found: (readonly string[] | undefined)[] = [];
  for (const digest of digests) found.push(await authorsOfArtifact(copies, digest));
  if (found.some(authors => authors === undefined) && !ofChange) return undefined;
  if (digests.length === 0 && !ofChange) return undefined;
  return [...new Set([...(ofChange?.commitAuthors ?? []), ...found.flatMap(authors => authors ?? [])])];
};

const authorsOfArtifact = async (copies: Copies, digest: string): Promise<readonly string[] | undefined> => {
  const releases = await copies.releasesWithArtifact(digest);
  const changes = await copies.changesWithArtifact(digest);
  if (releases.length + changes.length === 0) return undefined;
  const commits = releases.flatMap(({ state }) =>
    state.parts.artifacts.filter(each => each.digest === digest).flatMap(each => each.commits),
  );
  return [
    ...commits.map(({ author }) => author),
    ...changes.filter(({ state }) => state.releaseIds.length === 0).flatMap(({ state }) => state.commitAuthors),
  ];
};
