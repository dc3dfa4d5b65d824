import { ProblemException } from '@slipway/edge';
import { idOf, type Message } from '@slipway/event-sourcing';
import type { Check } from '@slipway/event-store';
import type { Prepare, Prepared, Sources } from '@slipway/service';
import type { Facts } from '../domain/facts.ts';
import type { RaiseChange } from '../domain/proposals.ts';
import type { Proposal } from '../domain/change-state.ts';
import type { EndForRelease } from '../processes/cancel-change-when-release-ended.ts';
import type { AskDecision } from '../processes/decide-when-deployment-requested.ts';
import type { FollowRelease } from '../processes/raise-change-when-release-scheduled.ts';
import { type Copies, snapshot } from '../read/copies.query.ts';
import { decisionFacts } from './decision-facts.ts';
import type { NumbersOf } from './order-facts.ts';
import { personFacts } from './people-facts.ts';
import { commitsIn, policyInForce, proposalOf, releaseNow, riskFacts } from './proposal-facts.ts';
import { freshView, requireFreshView } from './view.ts';

/** A change raised by hand, before its facts are looked up: with its own content, or with that of a release. */
export type RaiseByHand = Message<
  'RaiseChange',
  Pick<RaiseChange['data'], 'title' | 'model' | 'requester' | 'description' | 'plans'> & {
    releaseId?: string;
    proposal?: Proposal;
  }
>;
/** A yes or no, before it is known who that is: `approver` is a pseudonym. */
export type VerdictByHand = Message<
  'GrantApproval' | 'RejectApproval',
  { slot?: string; contentDigest: string; comment?: string; approver: string }
>;

const read = <Result>(sources: Sources, work: (copies: Copies) => Promise<Result>): Promise<Result> =>
  snapshot(sources.dataSource, work);

/** Policy and risk, as every proposal needs them. */
const basisOf = async (sources: Sources, proposal: Proposal, commits: number) => {
  await requireFreshView(sources);
  const risk = await read(sources, copies => riskFacts(copies, proposal, commits));
  const { policy, check } = await policyInForce(sources);
  return { basis: { risk, policy }, check };
};

const followRelease: Prepare = async (command, to, sources): Promise<Prepared> => {
  const { releaseId } = (command as FollowRelease).data;
  const { release, check: unmoved } = await releaseNow(sources, releaseId);
  const proposal = release && proposalOf(release);
  if (!release || !proposal) throw new Error(`${to}: the release ${releaseId} is not scheduled`);
  const { basis, check } = await basisOf(sources, proposal, commitsIn(release));
  const { title, changeModel: model, requester, open: releaseOpen } = release;
  const data = { title, model, requester, releaseIds: [releaseId], proposal, releaseOpen, ...basis };
  return { command: { type: 'ProposeChange', data }, checks: [unmoved, check] };
};

const raiseByHand: Prepare = async (command, _, sources) => {
  const { releaseId, proposal: own, ...data } = (command as RaiseByHand).data;
  if (own) {
    const { basis, check } = await basisOf(sources, own, 0);
    return {
      command: { type: 'RaiseChange', data: { ...data, releaseIds: [], proposal: own, ...basis } },
      checks: [check],
    };
  }
  const { release, check: unmoved } = await releaseNow(sources, releaseId ?? '');
  const proposal = release?.open ? proposalOf(release) : undefined;
  if (!release || !proposal) throw new ProblemException(RELEASE_NOT_SCHEDULED);
  const { basis, check } = await basisOf(sources, proposal, commitsIn(release));
  return {
    command: { type: 'RaiseChange', data: { ...data, releaseIds: [releaseId], proposal, ...basis } },
    checks: [unmoved, check],
  };
};

const RELEASE_NOT_SCHEDULED = {
  status: 422,
  code: 'release-not-scheduled',
  detail: 'A change takes its content from a release that is scheduled and open.',
};

const keepByHand: Prepare = async (command, _, sources) => {
  const { proposal } = command.data as { proposal: Proposal };
  const { basis, check } = await basisOf(sources, proposal, 0);
  return { command: { ...command, data: { ...command.data, releaseIds: [], ...basis } }, checks: [check] };
};

const reviseByHand: Prepare = async (command, _, sources) => {
  const { proposal } = command.data as { proposal: Proposal };
  const { basis, check } = await basisOf(sources, proposal, 0);
  return { command: { ...command, data: { proposal, ...basis } }, checks: [check] };
};

/** For what changes the risk of a change that is there, or its plans. */
const withBasis: Prepare = async (command, to, sources) => {
  await requireFreshView(sources);
  const { risk, version } = await read(sources, async copies => {
    const change = await copies.one('change', idOf(to));
    const releases = change ? await copies.many('release', change.state.releaseIds) : [];
    const commits = releases.reduce((sum, { state }) => sum + commitsIn(state), 0);
    return { risk: change && (await riskFacts(copies, change.state, commits)), version: change?.version };
  });
  const { policy, check } = await policyInForce(sources);
  const unmoved: Check[] = version ? [{ stream: to, expect: version }] : [];
  return {
    command: { ...command, data: { ...command.data, risk: risk ?? NO_RISK, policy } },
    checks: [check, ...unmoved],
  };
};

// Of a change that is not there: the decider says so.
const NO_RISK = { criticalities: [], dependents: 0, productionTargets: 0, commits: 0 };

const requestApprovals: Prepare = async (command, _, sources) => {
  const { policy, check } = await policyInForce(sources);
  return { command: { ...command, data: { policy } }, checks: [check] };
};

const verdict: Prepare = async (command, to, sources) => {
  await requireFreshView(sources);
  const { approver: pseudonym, ...data } = (command as VerdictByHand).data;
  const { approver, known, deployers } = await read(sources, async copies => {
    const person = await personFacts(copies, pseudonym);
    // What the verdict relies on must not move: whoever it is, and the role grants.
    return { approver: person, known: copies.inputs, deployers: await deployersOf(copies, to) };
  });
  const checks = known.map(({ stream, version }): Check => ({ stream, expect: version }));
  return { command: { ...command, data: { ...data, approver, deployers } }, checks };
};

const deployersOf = async (copies: Copies, changeStream: string): Promise<readonly string[]> => {
  const change = await copies.one('change', idOf(changeStream));
  if (!change) return [];
  const { releaseIds, attempts } = change.state;
  const asked = await copies.deploymentsUnder(idOf(changeStream), releaseIds);
  const tried = await copies.many(
    'deployment',
    attempts.map(({ deploymentId }) => deploymentId),
  );
  return [...new Set([...asked, ...tried].map(({ state }) => state.deployer))];
};

const cancelChange: Prepare = async (command, to, sources) => {
  await requireFreshView(sources);
  const now = new Date().toISOString();
  const allowed = await read(sources, copies => copies.isAllowed(idOf(to), now));
  return { command: { ...command, data: { ...command.data, allowed } } };
};

const endForRelease: Prepare = async (command, to, sources) => {
  const { ended } = (command as EndForRelease).data;
  const reason = await sources.seal(to, `The release was ${ended}.`);
  return { command: { type: 'WithdrawTargets', data: { reason } } };
};

/** The snapshot that a question is decided on; `at` is now, but for a what-if. */
export const factsFor = async (
  sources: Sources,
  { at, patienceMs, ...asking }: AskDecision['data'],
): Promise<Facts> => {
  const view = await freshView(sources, patienceMs);
  const now = at ?? new Date().toISOString();
  const numbersOf: NumbersOf = streams => sources.store.numbersOf(streams);
  return read(sources, copies => decisionFacts(copies, numbersOf, asking, view, now));
};

const askDecision: Prepare = async (command, _, sources) => {
  const facts = await factsFor(sources, (command as AskDecision).data);
  // Whoever decides on what is known cannot ask that nothing else has happened.
  const checks = facts.view === 'complete' ? unmovedInputs(facts.inputs) : [];
  return { command: { type: 'TakeDecision', data: { facts } }, checks };
};

/** A decision is not taken when the change or a release that it read has moved meanwhile. */
const unmovedInputs = (inputs: readonly Readonly<{ stream: string; version: number }>[]): readonly Check[] =>
  inputs
    .filter(({ stream }) => stream.startsWith('change-') || stream.startsWith('release-'))
    .map(({ stream, version }) => ({ stream, expect: version }));

/** Facts that deciders cannot know, looked up before they are asked; again when what was read has moved. */
export const prepare: Readonly<Record<string, Prepare>> = {
  FollowRelease: followRelease,
  RaiseChange: raiseByHand,
  KeepChange: keepByHand,
  ReviseChange: reviseByHand,
  AssessRisk: withBasis,
  PlanChange: withBasis,
  RequestApprovals: requestApprovals,
  GrantApproval: verdict,
  RejectApproval: verdict,
  CancelChange: cancelChange,
  EndForRelease: endForRelease,
  AskDecision: askDecision,
};
